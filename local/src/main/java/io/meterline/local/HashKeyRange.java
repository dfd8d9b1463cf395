package io.meterline.local;

import java.math.BigInteger;

/** A range of hash keys, both ends in it. */
public record HashKeyRange(BigInteger start, BigInteger end) {
  static final BigInteger MAX = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

  public HashKeyRange {
    if (start.signum() < 0 || start.compareTo(end) > 0 || end.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("no range of hash keys: " + start + " to " + end);
    }
  }

  /** The part {@code index} of the whole space in {@code of} equal parts. */
  static HashKeyRange part(int index, int of) {
    BigInteger size = MAX.add(BigInteger.ONE).divide(BigInteger.valueOf(of));
    BigInteger start = size.multiply(BigInteger.valueOf(index));
    return new HashKeyRange(
        start, index + 1 == of ? MAX : start.add(size).subtract(BigInteger.ONE));
  }

  boolean contains(BigInteger hashKey) {
    return start.compareTo(hashKey) <= 0 && hashKey.compareTo(end) <= 0;
  }

  /** Its middle, where it is split evenly. */
  BigInteger middle() {
    return start.add(end).add(BigInteger.ONE).shiftRight(1);
  }

  boolean isBefore(HashKeyRange other) {
    return end.add(BigInteger.ONE).equals(other.start);
  }
}
