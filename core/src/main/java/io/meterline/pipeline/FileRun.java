package io.meterline.pipeline;

import static java.util.Objects.requireNonNull;

import io.meterline.MeterSink;
import io.meterline.Origin;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.payload.GzipHeader;
import io.meterline.pipeline.FileDelivery.Tails;
import io.meterline.source.InputForm;
import io.meterline.source.LineContext;
import io.meterline.source.Source;
import io.meterline.source.Sources;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Delivers files, each from where the last run stopped, by some cuts at a time: they are written
 * down, then delivered while the next ones are read, then counted as done when those are written
 * down.
 */
public final class FileRun {
  /** So many cuts are delivered side by side. */
  private static final int CUTS = 8;

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
        if (!isCompressed(content)) {
          source.mayGrow();
        }
        source.skip(start.delivered());
        return deliver(file, source, offset -> tail(content, offset), start);
      }
    }
  }

  private RunReport deliver(Path file, Source source, Tails tails, Checkpoint start)
      throws IOException {
    CutsUnderWay underWay = new CutsUnderWay(() -> new Delivering(sink, quarantine));
    try (underWay) {
      new FileDelivery(file, source, tails, start, checkpoints, underWay, limits, cuts).deliver();
      return underWay.report();
    } finally {
      total = total.and(underWay.report());
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
    boolean shrunk = !isCompressed(content) && content.size() < last.get().delivered();
    if (shrunk || !identity.stillHolds(content) || !endsAlike(content, last.get())) {
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

  /** Whether before the offset there still stands what stood there. */
  private static boolean endsAlike(FileChannel content, Checkpoint last) throws IOException {
    return last.tail().isEmpty() || last.tail().equals(tail(content, last.delivered()));
  }

  private static String tail(FileChannel content, long offset) throws IOException {
    return isCompressed(content) ? "" : FileIdentity.tail(content, offset);
  }

  /** Offsets of what is compressed are no places in the file. */
  private static boolean isCompressed(FileChannel content) throws IOException {
    byte[] start = FileIdentity.bytes(content, 0, 2);
    return GzipHeader.isGzip(start, 0, start.length);
  }

  private static Checkpoint start(FileIdentity identity) {
    return new Checkpoint(identity, 0);
  }
}
