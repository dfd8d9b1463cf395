package io.meterline.core.retry;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How much time there is for the work under way on this thread, where it has an end, as the
 * invocation of a function has. What waits or tries again asks here, so that the work fails in
 * words before it is broken off.
 *
 * <p>It is bound to the call, and so gone with it: no client carries it into the next one.
 */
public final class TimeLeft {
  private static final ScopedValue<Supplier<Duration>> SOURCE = ScopedValue.newInstance();

  private TimeLeft() {}

  /**
   * What {@code work} returns, done while there is as much time as {@code source} says whenever it
   * is asked.
   */
  public static <T, X extends Throwable> T within(
      Supplier<Duration> source, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(SOURCE, source).call(work);
  }

  /** As long as {@code patience}, or as there is time; never less than nothing. */
  public static Duration atMost(Duration patience) {
    if (!SOURCE.isBound()) {
      return patience;
    }
    Duration left = SOURCE.get().get();
    Duration shorter = left.compareTo(patience) < 0 ? left : patience;
    return shorter.isNegative() ? Duration.ZERO : shorter;
  }

  /** Whether there is none. */
  static boolean isOver() {
    return SOURCE.isBound() && !SOURCE.get().get().isPositive();
  }
}
