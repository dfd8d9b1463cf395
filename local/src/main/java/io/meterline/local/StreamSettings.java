package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a stream holds.
 *
 * @param shards how many it begins with
 * @param retention how long it keeps a record, 24 hours to 365 days at AWS
 * @param maxRecordBytes of data and partition key, 1 MiB at AWS unless set otherwise, up to 10 MiB
 * @param limitsWrites whether a shard takes no more than 1 MiB and 1,000 records a second
 */
public record StreamSettings(
    int shards, Duration retention, int maxRecordBytes, boolean limitsWrites) {
  public StreamSettings {
    requireNonNull(retention, "retention is null");
    if (shards < 1) {
      throw new IllegalArgumentException("a stream has a shard, not " + shards);
    }
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("retention is not positive: " + retention);
    }
  }

  /** One shard, 24 hours, 1 MiB, no limit. */
  public static StreamSettings defaults() {
    return new StreamSettings(1, Duration.ofHours(24), 1024 * 1024, false);
  }

  public StreamSettings withShards(int number) {
    return new StreamSettings(number, retention, maxRecordBytes, limitsWrites);
  }

  public StreamSettings withRetention(Duration duration) {
    return new StreamSettings(shards, duration, maxRecordBytes, limitsWrites);
  }

  public StreamSettings withWriteLimits() {
    return new StreamSettings(shards, retention, maxRecordBytes, true);
  }
}
