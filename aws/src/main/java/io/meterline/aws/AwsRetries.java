package io.meterline.aws;

import io.meterline.core.retry.RetrySchedule;
import java.time.Duration;

/** How requests to AWS are tried again: often and soon, as slow-downs pass quickly. */
public final class AwsRetries {
  /** Well within the time that a function has for an invocation. */
  public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(20);

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(5);
  private static final int WAITS = 30;

  private AwsRetries() {}

  /** The schedule that ends after {@code budget}. */
  public static RetrySchedule within(Duration budget) {
    return RetrySchedule.doubling(FIRST, MOST, WAITS, budget);
  }
}
