package io.meterline.local;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A shard: a range of hash keys, and the records that arrived in it, in their order. */
public final class Shard {
  private static final int BYTES_A_SECOND = 1024 * 1024;
  private static final int RECORDS_A_SECOND = 1000;
  private static final int DIGITS = 12;

  private final int index;
  private final HashKeyRange range;
  private final List<Shard> parents;
  private final Instant created;
  private final List<StreamRecord> records = new ArrayList<>();
  private long count;
  private boolean open = true;
  private long second = Long.MIN_VALUE;
  private int bytesOfSecond;
  private int recordsOfSecond;

  Shard(int index, HashKeyRange range, List<Shard> parents, Instant created) {
    this.index = index;
    this.range = range;
    this.parents = List.copyOf(parents);
    this.created = created;
  }

  /** {@code shardId-000000000000} and so on. */
  public String id() {
    return "shardId-" + "0".repeat(DIGITS - Integer.toString(index).length()) + index;
  }

  public HashKeyRange range() {
    return range;
  }

  /** Those it was split or merged from, which are read to their end before it. */
  public List<Shard> parents() {
    return parents;
  }

  /** Whether it takes records: until it is split or merged. */
  public boolean open() {
    return open;
  }

  void close() {
    open = false;
  }

  StreamRecord add(String partitionKey, byte[] data, Instant now) {
    StreamRecord added =
        new StreamRecord(
            id(), SequenceNumber.of(created, index, count++, now), partitionKey, data.clone(), now);
    records.add(added);
    return added;
  }

  /** Counts a write; false if it is more than the shard takes in this second. */
  boolean admits(int bytes, Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      bytesOfSecond = 0;
      recordsOfSecond = 0;
    }
    if (recordsOfSecond == RECORDS_A_SECOND || bytesOfSecond + bytes > BYTES_A_SECOND) {
      return false;
    }
    recordsOfSecond++;
    bytesOfSecond += bytes;
    return true;
  }

  /** The records after {@code position}, oldest first; a view. */
  List<StreamRecord> after(SequenceNumber position) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.get(middle).sequence().compareTo(position) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return records.subList(low, records.size());
  }

  /** Before its first record. */
  SequenceNumber trimHorizon() {
    return new SequenceNumber(BigInteger.ZERO);
  }

  /** At its newest record, or before the first one to come. */
  SequenceNumber latest() {
    return records.isEmpty() ? trimHorizon() : records.getLast().sequence();
  }

  /** Takes out what has outlived the retention. */
  List<StreamRecord> expire(Instant now, Duration retention) {
    int expired = 0;
    while (expired < records.size()
        && !records.get(expired).arrival().plus(retention).isAfter(now)) {
      expired++;
    }
    List<StreamRecord> view = records.subList(0, expired);
    List<StreamRecord> gone = List.copyOf(view);
    view.clear();
    return gone;
  }

  @Override
  public String toString() {
    return id();
  }
}
