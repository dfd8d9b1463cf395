package io.meterline.core.files;

import io.meterline.core.BatchId;
import io.meterline.core.PartLimits;
import io.meterline.core.delivery.PendingBatch;
import io.meterline.core.event.Source;
import io.meterline.core.files.Checkpoint.Cut;
import io.meterline.core.files.Trace.Edge;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file holds beyond its checkpoint, on its way. */
final class FileDelivery {
  /** What cuts under way may take of the memory there is: the next ones take as much again. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;

  /** So much ends them before there are so many. */
  private static final long CUTS_BYTES = Math.min(16L * 1024 * 1024, MOST_BYTES);

  private final OpenFile file;
  private final Source source;
  private final Slot slot;
  private final Checkpoints checkpoints;
  private final InFlightBatches underWay;
  private final PartLimits limits;
  private final int cuts;
  private final boolean awaitsLines;
  private final Checkpoint start;
  private Checkpoint checkpoint;

  /**
   * @param slot where its checkpoint is kept
   * @param cuts how many are delivered side by side
   * @param awaitsLines whether a last line that does not end is left for later
   */
  FileDelivery(
      OpenFile file,
      Source source,
      Slot slot,
      Checkpoint start,
      Checkpoints checkpoints,
      InFlightBatches underWay,
      PartLimits limits,
      int cuts,
      boolean awaitsLines) {
    this.file = file;
    this.source = source;
    this.slot = slot;
    this.checkpoint = start;
    this.start = start;
    this.checkpoints = checkpoints;
    this.underWay = underWay;
    this.limits = limits;
    this.cuts = cuts;
    this.awaitsLines = awaitsLines;
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
      checkpoint = checkpoint.deliveredTo(source.offset());
    }
    boolean unfinished = source.isAtUnfinishedEnd();
    writeLast(broken == null && !unfinished);
    if (broken != null) {
      throw broken;
    }
    if (unfinished && !awaitsLines) {
      unfinishedEnd();
    }
  }

  /** Delivers the cuts that the last run wrote down and may not have delivered. */
  private void again() throws IOException {
    Checkpoint unsure = checkpoint;
    checkpoint = unsure.deliveredTo(unsure.delivered());
    for (Cut cut : unsure.cuts()) {
      source.endAt(cut.to());
      while (source.offset() < cut.to() && source.next(underWay.found().findings())) {
        // The same stretch holds the same records.
      }
      add(cut);
    }
    source.endAt(Long.MAX_VALUE);
    checkpoint = unsure;
    checkCutOff();
    underWay.start();
    settle();
  }

  /** Reads and delivers; returns why the file can't be read to its end, if that is so. */
  private @Nullable IOException readOn() throws IOException {
    while (!source.isAtUnfinishedEnd()) {
      try {
        if (!source.next(underWay.found().findings())) {
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
    if (!underWay.found().findings().isEmpty()) {
      add(new Cut(source.offset(), file.arrivalMillis(), limits));
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
    if (file.inflated()) {
      if (checkpoint.trace().inside().isNone()) {
        Edge head = Edge.head(file.content());
        checkpoint = checkpoint.with(checkpoint.trace().with(head, Edge.NONE));
      }
      // A hash of later bytes would take inflating everything once more.
    } else {
      if (checkpoint.delivered() >= 2 * checkpoint.trace().fingerprint().extent()) {
        sample();
      }
      tail(checkpoint.reached());
    }
    Stat seen = new Stat(file.stat().key(), -1, 0);
    checkpoint = checkpoint.with(checkpoint.trace().with(seen));
    checkpoints.write(slot, checkpoint);
  }

  /** Writes the last checkpoint of this reading, which tells as much of the file as can be told. */
  private void writeLast(boolean whole) throws IOException {
    long delivered = checkpoint.delivered();
    Stat seen = file.statNow();
    if (file.inflated()) {
      Edge raw = whole ? Edge.end(file.channel()) : Edge.NONE;
      checkpoint = checkpoint.with(checkpoint.trace().with(Edge.head(file.content()), raw));
    }
    if (delivered != checkpoint.trace().fingerprint().extent()) {
      sample();
    }
    tail(delivered);
    boolean all = whole && (file.inflated() || seen.size() == delivered);
    Stat known = all ? seen : new Stat(seen.key(), -1, 0);
    Checkpoint last = checkpoint.with(checkpoint.trace().with(known));
    if (!last.equals(start)) {
      checkpoints.write(slot, last);
    }
  }

  /** Stores a hash of the bytes before an offset; fails if the log was truncated meanwhile. */
  private void tail(long offset) throws IOException {
    Edge tail = Edge.tail(file.content(), offset);
    checkCutOff();
    checkpoint = checkpoint.with(checkpoint.trace().withTail(tail));
  }

  private void checkCutOff() throws IOException {
    if (!file.inflated()
        && !(checkpoint.head().isHeadOf(file.content())
            && checkpoint.trace().tail().isTailOf(file.content()))) {
      throw new CutOffException(file.path());
    }
  }

  private void sample() throws IOException {
    Fingerprint newer = Fingerprint.of(file.content(), checkpoint.delivered());
    checkpoint = checkpoint.with(checkpoint.trace().with(newer));
  }

  /** Waits until the cuts that are written down are delivered. */
  private void settle() throws IOException {
    underWay.await();
    if (!checkpoint.cuts().isEmpty()) {
      checkpoint = checkpoint.deliveredTo(checkpoint.cuts().getLast().to());
    }
  }

  /** Takes what the file ends inside of as it is, and leaves it to be read again. */
  private void unfinishedEnd() throws IOException {
    PendingBatch found = underWay.found();
    source.next(found.findings());
    long arrivalMillis = file.arrivalMillis();
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
