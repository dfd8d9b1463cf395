package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a function is invoked asynchronously.
 *
 * @param maximumRetryAttempts 0 to 2
 * @param maximumEventAge up to 6 hours
 * @param functionTimeout how long an invocation may take
 */
public record AsyncSettings(
    int maximumRetryAttempts, Duration maximumEventAge, Duration functionTimeout) {
  private static final int MOST_RETRIES = 2;

  public AsyncSettings {
    requireNonNull(maximumEventAge, "maximumEventAge is null");
    requireNonNull(functionTimeout, "functionTimeout is null");
    if (maximumRetryAttempts < 0 || maximumRetryAttempts > MOST_RETRIES) {
      throw new IllegalArgumentException(
          "maximumRetryAttempts is " + maximumRetryAttempts + ", not 0 to 2");
    }
  }

  /** AWS's defaults, and a minute's time. */
  public static AsyncSettings defaults() {
    return new AsyncSettings(MOST_RETRIES, Duration.ofHours(6), Duration.ofMinutes(1));
  }
}
