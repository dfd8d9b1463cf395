package io.meterline.local;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/**
 * Ids of log events that look as AWS's do: decimal numbers whose upper bits are the event's
 * timestamp in milliseconds, which makes 56 digits from 1998 to 2112. AWS documents no more of them
 * than that they are unique.
 */
final class EventIds {
  private static final int TIMESTAMP_SHIFT = 144;
  private static final int COUNT_SHIFT = 64;

  private final RandomGenerator random;
  private long count;

  EventIds(RandomGenerator random) {
    this.random = random;
  }

  /** An id greater than all before of the same or an earlier timestamp. */
  String next(long timestamp) {
    BigInteger id =
        BigInteger.valueOf(timestamp)
            .shiftLeft(TIMESTAMP_SHIFT)
            .or(BigInteger.valueOf(count++).shiftLeft(COUNT_SHIFT))
            .or(BigInteger.valueOf(random.nextLong() & Long.MAX_VALUE));
    return "%056d".formatted(id);
  }
}
