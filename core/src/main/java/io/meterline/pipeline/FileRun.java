package io.meterline.pipeline;

import static java.util.Objects.requireNonNull;

import io.meterline.BatchId;
import io.meterline.MeterSink;
import io.meterline.Origin;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.pipeline.Checkpoint.Cut;
import io.meterline.source.InputForm;
import io.meterline.source.LineContext;
import io.meterline.source.Source;
import io.meterline.source.Sources;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers files, each from where the last run stopped, by some cuts at a time: they are written
 * down, then delivered while the next ones are read, then counted as done when those are written
 * down.
 */
public final class FileRun {
  /** So many cuts are delivered side by side. */
  private static final int CUTS = 8;

  /** What cuts under way may take of the memory there is: the next ones take as much again. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;

  /** So much ends them before there are so many. */
  private static final long CUTS_BYTES = Math.min(16L * 1024 * 1024, MOST_BYTES);

  private final Sources sources;
  private final InputForm form;
  private final Origin origin;
  private final MeterSink sink;
  private final Quarantine quarantine;
  private final Checkpoints checkpoints;
  private final PartLimits limits;
  private final int cuts;
  private RunReport total = RunReport.NOTHING;

  public FileRun(
      Sources sources,
      InputForm form,
      Origin origin,
      MeterSink sink,
      Quarantine quarantine,
      Checkpoints checkpoints,
      PartLimits limits) {
    this(sources, form, origin, sink, quarantine, checkpoints, limits, CUTS);
  }

  /** As above, with so many cuts at a time. */
  FileRun(
      Sources sources,
      InputForm form,
      Origin origin,
      MeterSink sink,
      Quarantine quarantine,
      Checkpoints checkpoints,
      PartLimits limits,
      int cuts) {
    this.cuts = cuts;
    this.sources = requireNonNull(sources, "sources is null");
    this.form = requireNonNull(form, "form is null");
    this.origin = requireNonNull(origin, "origin is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * Delivers what the file holds beyond its checkpoint.
   *
   * @param progress is told how many bytes of the file were read
   * @throws IOException where the file can't be read to its end, or something can't be written;
   *     what was delivered before is not delivered again
   */
  public RunReport deliver(Path file, LongConsumer progress) throws IOException {
    // One channel for all, since the path may stand for another file a moment later.
    try (FileChannel content = FileChannel.open(file)) {
      Checkpoint start = checkpoint(file, content);
      LineContext lines = new LineContext(origin, FileIdentity.path(file), null);
      try (Source source = sources.open(content, form, lines, progress)) {
        if (!isCompressed(file)) {
          source.mayGrow();
        }
        source.skip(start.delivered());
        return new OneFile(file, source, start).deliver();
      }
    }
  }

  /** What all files came to, those included that failed half-way. */
  public RunReport total() {
    return total;
  }

  private Checkpoint checkpoint(Path file, FileChannel content) throws IOException {
    Optional<Checkpoint> last = checkpoints.read(file);
    if (last.isEmpty()) {
      return start(FileIdentity.of(file, content, 0));
    }
    FileIdentity identity = last.get().identity();
    boolean shrunk = !isCompressed(file) && content.size() < last.get().delivered();
    if (shrunk || !identity.stillHolds(content)) {
      // The log was rotated: another file stands under this path now.
      return start(FileIdentity.of(file, content, identity.generation() + 1));
    }
    if (!last.get().cuts().isEmpty()) {
      return last.get();
    }
    // The file may have been shorter than a head then: the longer, the surer it is told by it.
    FileIdentity longer = FileIdentity.of(file, content, identity.generation());
    return new Checkpoint(longer, last.get().delivered());
  }

  private static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static Checkpoint start(FileIdentity identity) {
    return new Checkpoint(identity, 0);
  }

  /** The work on one file. */
  private final class OneFile {
    private final Path file;
    private final Source source;
    private final CutsUnderWay underWay = new CutsUnderWay(() -> new Delivering(sink, quarantine));
    private Checkpoint checkpoint;

    OneFile(Path file, Source source, Checkpoint checkpoint) {
      this.file = file;
      this.source = source;
      this.checkpoint = checkpoint;
    }

    RunReport deliver() throws IOException {
      try (underWay) {
        return deliverAll();
      } finally {
        total = total.and(underWay.report());
      }
    }

    private RunReport deliverAll() throws IOException {
      if (!checkpoint.cuts().isEmpty()) {
        again();
      }
      IOException broken = readOn();
      cut();
      deliverCuts();
      settle();
      if (source.offset() > checkpoint.delivered()) {
        // Nothing was found in what was read since.
        checkpoint = new Checkpoint(checkpoint.identity(), source.offset());
      }
      if (checkpoint.delivered() > 0 || checkpoint.identity().generation() > 0) {
        checkpoints.write(file, checkpoint);
      }
      if (broken != null) {
        throw broken;
      }
      if (source.isAtUnfinishedEnd()) {
        unfinishedEnd();
      }
      return underWay.report();
    }

    /** Delivers the cuts that the last run wrote down and may not have delivered. */
    private void again() throws IOException {
      Checkpoint written = checkpoint;
      checkpoint = new Checkpoint(written.identity(), written.delivered());
      for (Cut cut : written.cuts()) {
        source.endAt(cut.to());
        while (source.offset() < cut.to() && source.next(underWay.found().extraction())) {
          // The same stretch holds the same records.
        }
        add(cut);
      }
      source.endAt(Long.MAX_VALUE);
      checkpoint = written;
      underWay.start();
      settle();
    }

    /** Reads and delivers; returns why the file can't be read to its end, if that is so. */
    private @Nullable IOException readOn() throws IOException {
      while (!source.isAtUnfinishedEnd()) {
        try {
          if (!source.next(underWay.found().extraction())) {
            return null;
          }
        } catch (IOException e) {
          return e;
        }
        if (underWay.found().isFull(limits)) {
          cut();
          if (underWay.cuts().size() == cuts || underWay.bytes() >= CUTS_BYTES) {
            deliverCuts();
          }
        }
      }
      return null;
    }

    private void cut() throws IOException {
      if (!underWay.found().isEmpty()) {
        add(new Cut(source.offset(), Files.getLastModifiedTime(file).toMillis(), limits));
      }
    }

    private void add(Cut cut) {
      List<Cut> before = underWay.cuts().isEmpty() ? checkpoint.cuts() : underWay.cuts();
      long from = before.isEmpty() ? checkpoint.delivered() : before.getLast().to();
      underWay.add(cut, id(from, Long.toString(cut.to()), cut.arrivalMillis()));
    }

    private void deliverCuts() throws IOException {
      if (!underWay.cuts().isEmpty()) {
        settle();
        checkpoint = new Checkpoint(checkpoint.identity(), checkpoint.delivered(), underWay.cuts());
        checkpoints.write(file, checkpoint);
        boolean tooLarge = underWay.bytes() > MOST_BYTES;
        underWay.start();
        if (tooLarge) {
          settle();
        }
      }
    }

    /** Waits until the cuts that are written down are delivered. */
    private void settle() throws IOException {
      underWay.await();
      if (!checkpoint.cuts().isEmpty()) {
        checkpoint = new Checkpoint(checkpoint.identity(), checkpoint.cuts().getLast().to());
      }
    }

    /** Takes what the file ends inside of as it stands, and leaves it to be read again. */
    private void unfinishedEnd() throws IOException {
      Delivering found = underWay.found();
      source.next(found.extraction());
      long arrivalMillis = Files.getLastModifiedTime(file).toMillis();
      found.deliver(id(checkpoint.delivered(), "unfinished", arrivalMillis), limits);
    }

    private BatchId id(long from, String last, long arrivalMillis) {
      return new BatchId(
          checkpoint.identity().source(),
          "",
          Long.toString(from),
          last,
          underWay.found().newest(arrivalMillis));
    }
  }
}
