package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parameters of CreateEventSourceMapping that concern a Kinesis stream.
 *
 * @param batchSize 1 to 10,000
 * @param maximumBatchingWindow 0 to 5 minutes, from the first record on
 * @param maximumRetryAttempts empty without end
 * @param maximumRecordAge empty without end
 * @param functionTimeout how long an invocation may take
 */
public record EventSourceMappingSettings(
    int batchSize,
    Duration maximumBatchingWindow,
    OptionalInt maximumRetryAttempts,
    Optional<Duration> maximumRecordAge,
    boolean bisectBatchOnFunctionError,
    boolean reportBatchItemFailures,
    StartingPosition startingPosition,
    Duration functionTimeout) {
  private static final int MAX_BATCH_SIZE = 10_000;
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

  /** Where reading begins in the shards that are there. */
  public enum StartingPosition {
    TRIM_HORIZON,
    LATEST
  }

  public EventSourceMappingSettings {
    requireNonNull(maximumBatchingWindow, "maximumBatchingWindow is null");
    requireNonNull(maximumRetryAttempts, "maximumRetryAttempts is null");
    requireNonNull(maximumRecordAge, "maximumRecordAge is null");
    requireNonNull(startingPosition, "startingPosition is null");
    requireNonNull(functionTimeout, "functionTimeout is null");
    if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ", not 1 to 10,000");
    }
    if (maximumBatchingWindow.isNegative() || maximumBatchingWindow.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "maximumBatchingWindow is " + maximumBatchingWindow + ", not 0 to 5 minutes");
    }
  }

  /** AWS's defaults, but for the answer's report and a minute's time. */
  public static EventSourceMappingSettings defaults() {
    return new EventSourceMappingSettings(
        100,
        Duration.ZERO,
        OptionalInt.empty(),
        Optional.empty(),
        false,
        true,
        StartingPosition.TRIM_HORIZON,
        Duration.ofMinutes(1));
  }

  public EventSourceMappingSettings withBatch(int size, Duration window) {
    return new EventSourceMappingSettings(
        size,
        window,
        maximumRetryAttempts,
        maximumRecordAge,
        bisectBatchOnFunctionError,
        reportBatchItemFailures,
        startingPosition,
        functionTimeout);
  }

  public EventSourceMappingSettings withMaximumRetryAttempts(int attempts) {
    return new EventSourceMappingSettings(
        batchSize,
        maximumBatchingWindow,
        OptionalInt.of(attempts),
        maximumRecordAge,
        bisectBatchOnFunctionError,
        reportBatchItemFailures,
        startingPosition,
        functionTimeout);
  }

  public EventSourceMappingSettings withMaximumRecordAge(Duration age) {
    return new EventSourceMappingSettings(
        batchSize,
        maximumBatchingWindow,
        maximumRetryAttempts,
        Optional.of(age),
        bisectBatchOnFunctionError,
        reportBatchItemFailures,
        startingPosition,
        functionTimeout);
  }

  public EventSourceMappingSettings withBisectBatchOnFunctionError() {
    return new EventSourceMappingSettings(
        batchSize,
        maximumBatchingWindow,
        maximumRetryAttempts,
        maximumRecordAge,
        true,
        reportBatchItemFailures,
        startingPosition,
        functionTimeout);
  }

  public EventSourceMappingSettings withoutReport() {
    return new EventSourceMappingSettings(
        batchSize,
        maximumBatchingWindow,
        maximumRetryAttempts,
        maximumRecordAge,
        bisectBatchOnFunctionError,
        false,
        startingPosition,
        functionTimeout);
  }

  public EventSourceMappingSettings withStartingPosition(StartingPosition position) {
    return new EventSourceMappingSettings(
        batchSize,
        maximumBatchingWindow,
        maximumRetryAttempts,
        maximumRecordAge,
        bisectBatchOnFunctionError,
        reportBatchItemFailures,
        position,
        functionTimeout);
  }

  public EventSourceMappingSettings withFunctionTimeout(Duration timeout) {
    return new EventSourceMappingSettings(
        batchSize,
        maximumBatchingWindow,
        maximumRetryAttempts,
        maximumRecordAge,
        bisectBatchOnFunctionError,
        reportBatchItemFailures,
        startingPosition,
        timeout);
  }
}
