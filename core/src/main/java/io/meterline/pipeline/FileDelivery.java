package io.meterline.pipeline;

import io.meterline.BatchId;
import io.meterline.PartLimits;
import io.meterline.pipeline.Checkpoint.Cut;
import io.meterline.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file holds beyond its checkpoint, on its way. */
final class FileDelivery {
  /** What cuts under way may take of the memory there is: the next ones take as much again. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;

  /** So much ends them before there are so many. */
  private static final long CUTS_BYTES = Math.min(16L * 1024 * 1024, MOST_BYTES);

  private final Path file;
  private final Source source;
  private final Tails tails;
  private final Checkpoints checkpoints;
  private final CutsUnderWay underWay;
  private final PartLimits limits;
  private final int cuts;
  private Checkpoint checkpoint;

  /**
   * @param cuts how many are delivered side by side
   */
  FileDelivery(
      Path file,
      Source source,
      Tails tails,
      Checkpoint start,
      Checkpoints checkpoints,
      CutsUnderWay underWay,
      PartLimits limits,
      int cuts) {
    this.file = file;
    this.source = source;
    this.tails = tails;
    this.checkpoint = start;
    this.checkpoints = checkpoints;
    this.underWay = underWay;
    this.limits = limits;
    this.cuts = cuts;
  }

  /**
   * Delivers it.
   *
   * @throws IOException where it can't be read to its end, or something can't be written
   */
  void deliver() throws IOException {
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
      write();
    }
    if (broken != null) {
      throw broken;
    }
    if (source.isAtUnfinishedEnd()) {
      unfinishedEnd();
    }
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
      checkpoint = checkpoint.with(underWay.cuts());
      write();
      boolean tooLarge = underWay.bytes() > MOST_BYTES;
      underWay.start();
      if (tooLarge) {
        settle();
      }
    }
  }

  private void write() throws IOException {
    checkpoints.write(file, checkpoint.withTail(tails.before(checkpoint.delivered())));
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

  /** Tells by a hash what stands before an offset. */
  @FunctionalInterface
  interface Tails {
    String before(long offset) throws IOException;
  }
}
