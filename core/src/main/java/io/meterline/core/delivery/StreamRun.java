package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BatchId;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.event.Source;
import io.meterline.core.find.Findings;
import io.meterline.core.retry.MonotonicClock;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a stream that can be read only once and may never end, such as standard input.
 *
 * <p>A batch is delivered when it is full or old enough. A step of the source may wait long for its
 * end, so what it finds is pending only once it is over: meanwhile {@link #deliverDue} delivers
 * what the steps before it found.
 */
public final class StreamRun {
  private final PartLimits limits;
  private final long mostPendingNanos;
  private final InstantSource clock;
  private final MonotonicClock time;
  private final String name;
  private final PendingBatch pending;
  private final Findings step = new Findings();

  /** How many of the step's records are found by steps that are over. */
  private int settled;

  /** How many of those were moved to what is pending. */
  private int moved;

  private boolean isPending;
  private long pendingSince;
  private long from;
  private long to;
  private @Nullable IOException failure;

  /**
   * @param maxPending how long a record waits for its batch to fill
   * @param name a word that no other stream has
   */
  public StreamRun(
      MeterSink sink,
      Quarantine quarantine,
      PartLimits limits,
      Duration maxPending,
      InstantSource clock,
      String name) {
    this(sink, quarantine, limits, maxPending, clock, MonotonicClock.SYSTEM, name);
  }

  StreamRun(
      MeterSink sink,
      Quarantine quarantine,
      PartLimits limits,
      Duration maxPending,
      InstantSource clock,
      MonotonicClock time,
      String name) {
    this.limits = requireNonNull(limits, "limits is null");
    this.mostPendingNanos = maxPending.toNanos();
    this.clock = requireNonNull(clock, "clock is null");
    this.time = requireNonNull(time, "time is null");
    this.name = requireNonNull(name, "name is null");
    this.pending = new PendingBatch(sink, quarantine);
  }

  /**
   * Delivers all of the source.
   *
   * @throws BrokenSource where it can't be read to its end; what was found before was delivered
   * @throws IOException where something can't be delivered
   */
  public void deliver(Source source) throws IOException {
    BrokenSource broken = null;
    boolean more = true;
    while (more) {
      try {
        more = source.next(step);
      } catch (IOException e) {
        if (failure != null) {
          throw failure;
        }
        broken = new BrokenSource(e);
        more = false;
      }
      settle(source.offset());
      if (!more || isFull() || nanosLeft() <= 0) {
        deliverPending();
        clear();
      }
    }
    if (broken != null) {
      throw broken;
    }
  }

  /**
   * Delivers what has been pending long enough. To be called by the thread that reads the source,
   * while it waits in the middle of a step.
   *
   * @return in how many nanoseconds to call it again
   */
  public long deliverDue() throws IOException {
    if (nanosLeft() <= 0) {
      try {
        deliverPending();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
    return nanosLeft();
  }

  /** Makes pending what the step found, which is over. */
  private void settle(long offset) {
    to = offset;
    settled = step.records().count();
    if (settled > moved || !step.entries().isEmpty()) {
      if (!isPending) {
        isPending = true;
        pendingSince = time.nanos();
      }
      step.takeEntries().forEach(pending.findings()::refuse);
    }
    if (moved > 0) {
      // Some were delivered while it waited.
      move();
      clear();
    }
  }

  /** Records are moved as late as may be, many at once; the step continues after them. */
  private void move() {
    if (settled > moved) {
      pending.findings().add(step.records(), moved, settled, step.newestTimestamp());
      moved = settled;
    }
  }

  private void clear() {
    step.clearRecords();
    settled = 0;
    moved = 0;
  }

  private boolean isFull() {
    return pending.findings().records().count() + settled >= limits.maxRecords()
        || pending.findings().bytes() + step.records().size() >= limits.maxBytes();
  }

  private long nanosLeft() {
    return isPending ? mostPendingNanos - (time.nanos() - pendingSince) : Long.MAX_VALUE;
  }

  private void deliverPending() throws IOException {
    if (!isPending) {
      return;
    }
    move();
    long newest = pending.newest(clock.millis());
    pending.deliver(new BatchId(name, "", Long.toString(from), Long.toString(to), newest), limits);
    from = to;
    isPending = false;
  }

  /** What it came to so far. */
  public DeliveryReport report() {
    // Where the run failed, this is what the last step left.
    settled = step.records().count();
    move();
    step.takeEntries().forEach(pending.findings()::refuse);
    pending.findings().takeCounts(step);
    return pending.report();
  }
}
