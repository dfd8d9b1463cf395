package io.meterline.core.retry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long to wait after each failed try.
 *
 * @param ceilings the longest wait before the second try, the third, and so on: the wait is drawn
 *     evenly between nothing and that (full jitter), so that senders that failed together don't
 *     come back together. After as many waits as these comes the last try.
 * @param budget no try begins later than this after the first
 */
public record RetrySchedule(List<Duration> ceilings, Duration budget) {
  /** What the ingest contract asks of senders over HTTP. */
  public static final RetrySchedule INGEST_CONTRACT =
      new RetrySchedule(
          Stream.of(2, 6, 12, 20, 40, 80).map(Duration::ofSeconds).toList(),
          Duration.ofSeconds(160));

  public RetrySchedule {
    ceilings = List.copyOf(ceilings);
    requireNonNull(budget, "budget is null");
    if (budget.isNegative() || ceilings.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("a wait is negative: " + ceilings + ", " + budget);
    }
  }

  /** Ceilings that double from {@code first} to {@code most} and stay there. */
  public static RetrySchedule doubling(Duration first, Duration most, int waits, Duration budget) {
    List<Duration> ceilings =
        Stream.iterate(first, last -> min(last.multipliedBy(2), most)).limit(waits).toList();
    return new RetrySchedule(ceilings, budget);
  }

  /** The same waits within another budget. */
  public RetrySchedule within(Duration otherBudget) {
    return new RetrySchedule(ceilings, otherBudget);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
