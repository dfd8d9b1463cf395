package io.meterline.testing;

import io.meterline.core.retry.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock on which a wait takes no time, and is written down. For one thread, or several. */
public final class RecordedWaits implements MonotonicClock {
  private final List<Duration> waits = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait");
    }
    waits.add(duration);
    nanos += duration.toNanos();
  }

  /** Time that goes by without a wait, such as that of a try. */
  public synchronized void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  /** All waits so far, in order. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
