package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import io.meterline.core.BatchId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What happens to a batch of several records of which the receiver accepts none. Usually a setting
 * is wrong then, and the records are right.
 */
public sealed interface RefusalPolicy {
  /** How long an agent waits for somebody to correct the setting. */
  Duration DEFAULT_GRACE = Duration.ofMinutes(15);

  /** Whether the records go to quarantine; otherwise the batch fails. */
  boolean quarantines(BatchId id);

  /** What a person can do about a batch that fails, as a sentence. */
  String advice();

  /** The batch fails, each time. */
  record Fail(String advice) implements RefusalPolicy {
    public Fail {
      requireNonNull(advice, "advice is null");
    }

    @Override
    public boolean quarantines(BatchId id) {
      return false;
    }
  }

  /** The records go to quarantine: somebody has decided so. */
  record Quarantine() implements RefusalPolicy {
    @Override
    public boolean quarantines(BatchId id) {
      return true;
    }

    @Override
    public String advice() {
      return "";
    }
  }

  /**
   * The batch fails until so much time has passed since its newest record arrived, then its records
   * go to quarantine. So no state is kept between invocations.
   */
  record Grace(Duration time, InstantSource clock) implements RefusalPolicy {
    public Grace {
      requireNonNull(clock, "clock is null");
      if (time.isNegative()) {
        throw new IllegalArgumentException("the grace is negative: " + time);
      }
    }

    @Override
    public boolean quarantines(BatchId id) {
      Instant newest = Instant.ofEpochMilli(id.newestArrivalMillis());
      return !clock.instant().isBefore(newest.plus(time));
    }

    @Override
    public String advice() {
      return "Correct the address or the key; the batch is retried, and goes to quarantine when its"
          + " records are older than %d s (METERLINE_REFUSAL_GRACE).".formatted(time.toSeconds());
    }
  }
}
