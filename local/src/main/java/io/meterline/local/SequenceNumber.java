package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A sequence number that looks as Kinesis's do: 56 decimal digits that begin with 49. AWS documents
 * that they increase within a shard; how they are made up (the shard's creation, a count, the
 * arrival, the shard's index) is what emulators have found.
 */
public record SequenceNumber(BigInteger value) implements Comparable<SequenceNumber> {
  private static final int VERSION = 2;
  private static final int VERSION_SHIFT = 184;
  private static final int CREATED_SHIFT = 148;
  private static final int SHARD_DIGIT_SHIFT = 144;
  private static final int COUNT_SHIFT = 80;
  private static final int ARRIVED_SHIFT = 36;
  private static final int SHARD_SHIFT = 4;

  public SequenceNumber {
    requireNonNull(value, "value is null");
  }

  static SequenceNumber of(Instant shardCreated, int shardIndex, long count, Instant arrived) {
    return new SequenceNumber(
        at(VERSION, VERSION_SHIFT)
            .or(at(shardCreated.getEpochSecond(), CREATED_SHIFT))
            .or(at(shardIndex & 15, SHARD_DIGIT_SHIFT))
            .or(at(count, COUNT_SHIFT))
            .or(at(arrived.getEpochSecond(), ARRIVED_SHIFT))
            .or(at(shardIndex, SHARD_SHIFT))
            .or(BigInteger.valueOf(VERSION)));
  }

  /** A position right before the record of this number. */
  SequenceNumber before() {
    return new SequenceNumber(value.subtract(BigInteger.ONE));
  }

  private static BigInteger at(long value, int shift) {
    return BigInteger.valueOf(value).shiftLeft(shift);
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
