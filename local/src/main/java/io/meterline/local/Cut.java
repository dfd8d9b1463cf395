package io.meterline.local;

import java.util.List;

/**
 * A stretch of a shard to be invoked as one batch.
 *
 * @param failures how many invocations of it have failed, as the retry quota counts
 */
record Cut(List<StreamRecord> records, int failures) {
  Cut {
    records = List.copyOf(records);
  }

  /** The records from the front that make one batch by count and by size. */
  static List<StreamRecord> fitting(List<StreamRecord> records, int count) {
    int bytes = 0;
    int taken = 0;
    for (StreamRecord record : records) {
      bytes += KinesisEvent.bytesAtMost(record);
      if (taken == count || bytes > Invocation.MAX_EVENT_BYTES) {
        break;
      }
      taken++;
    }
    return records.subList(0, taken);
  }

  SequenceNumber last() {
    return records.getLast().sequence();
  }

  Cut from(int index, int newFailures) {
    return new Cut(records.subList(index, records.size()), newFailures);
  }

  Cut until(int index) {
    return new Cut(records.subList(0, index), failures);
  }

  @Override
  public String toString() {
    return "%s %s to %s (%d)"
        .formatted(
            records.getFirst().shardId(), records.getFirst().sequence(), last(), records.size());
  }
}
