package io.meterline.core.event;

import io.meterline.core.Digests;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the Kinesis Producer Library makes of several user records: four magic bytes, a protocol
 * buffer, and the MD5 of that. Format: <a
 * href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">
 * aggregation format</a>.
 */
final class AggregatedRecord {
  private static final int MAGIC = 0xF3899AC2;
  private static final int MAGIC_BYTES = 4;
  private static final int DIGEST_BYTES = 16;
  private static final int RECORDS_FIELD = 3;
  private static final int DATA_FIELD = 3;
  private static final int LENGTH_DELIMITED = 2;

  private final byte[] data;
  private int at;
  private int end;

  private AggregatedRecord(byte[] data, int from, int to) {
    this.data = data;
    this.at = from;
    this.end = to;
  }

  /** Whether this is aggregated: its magic bytes are there and the digest is right. */
  static boolean isAggregated(byte[] data, int from, int to) {
    if (to - from < MAGIC_BYTES + DIGEST_BYTES) {
      return false;
    }
    int magic = 0;
    for (int i = 0; i < MAGIC_BYTES; i++) {
      magic = magic << 8 | (data[from + i] & 0xFF);
    }
    if (magic != MAGIC) {
      return false;
    }
    MessageDigest md5 = Digests.md5();
    int digest = to - DIGEST_BYTES;
    md5.update(data, from + MAGIC_BYTES, digest - from - MAGIC_BYTES);
    return java.util.Arrays.equals(md5.digest(), 0, DIGEST_BYTES, data, digest, to);
  }

  /**
   * Where the data of each user record is; empty where the protocol buffer is broken or holds none.
   */
  static Optional<List<Slice>> userRecords(byte[] data, int from, int to) {
    List<Slice> found = new ArrayList<>();
    AggregatedRecord message = new AggregatedRecord(data, from + MAGIC_BYTES, to - DIGEST_BYTES);
    while (message.at < message.end) {
      Optional<Slice> field = message.field(RECORDS_FIELD);
      if (message.at < 0) {
        return Optional.empty();
      }
      if (field.isPresent()) {
        AggregatedRecord inner = new AggregatedRecord(data, field.get().from(), field.get().to());
        Optional<Slice> userData = Optional.empty();
        while (inner.at >= 0 && inner.at < inner.end) {
          Optional<Slice> next = inner.field(DATA_FIELD);
          userData = next.isPresent() ? next : userData;
        }
        if (inner.at < 0 || userData.isEmpty()) {
          return Optional.empty();
        }
        found.add(userData.get());
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /**
   * Passes one field; its bytes where it has the number asked for. A fault sets the place to -1.
   */
  private Optional<Slice> field(int wanted) {
    long key = varint();
    int type = (int) (key & 7);
    switch (type) {
      case 0 -> varint();
      case 1 -> pass(8);
      case 5 -> pass(4);
      case LENGTH_DELIMITED -> {
        long length = varint();
        int start = at;
        pass(length);
        if (at >= 0 && key >>> 3 == wanted) {
          return Optional.of(new Slice(start, at));
        }
      }
      default -> at = -1;
    }
    return Optional.empty();
  }

  private void pass(long length) {
    at = at < 0 || length < 0 || length > end - at ? -1 : at + (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at >= 0; shift += 7) {
      if (at == end) {
        break;
      }
      byte b = data[at++];
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    at = -1;
    return -1;
  }

  /** A stretch of the data. */
  record Slice(int from, int to) {}
}
