package io.meterline.cli.demo;

import java.time.Instant;

/**
 * What the bucket has of one record.
 *
 * @param digest of its bytes, where it was found first
 * @param stored when the first object that holds it was written
 * @param times how often it is in objects
 * @param isSame whether it has the same bytes each time
 */
record Found(String digest, Instant stored, int times, boolean isSame) {
  /** Whether each object has the bytes that were sent. */
  boolean is(Sent sent) {
    return isSame && digest.equals(sent.digest());
  }

  Found and(Found other) {
    return new Found(
        digest,
        stored.isBefore(other.stored) ? stored : other.stored,
        times + other.times,
        isSame && other.isSame && digest.equals(other.digest));
  }
}
