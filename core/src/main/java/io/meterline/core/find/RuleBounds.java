package io.meterline.core.find;

import org.jspecify.annotations.Nullable;

/**
 * How much rules may make of one log event: a list of a thousand elements may ask for a thousand
 * copies of a long line. Entries for quarantine count as well. The length of the message, and of
 * one record of the largest size, comes on top of the bytes.
 */
final class RuleBounds {
  private static final int RECORDS_OF_A_RULE = 10_000;
  private static final int BYTES_OF_A_RULE = 4 * 1024 * 1024;

  /** How many times the bounds of one rule all rules together have. */
  private static final int RULES_IN_FULL = 4;

  private final int maxRecordBytes;
  private int room;
  private int records;
  private long bytes;
  private int recordsOfAll;
  private long bytesOfAll;

  RuleBounds(int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  void startEvent(int messageBytes) {
    room = (int) Math.min(Integer.MAX_VALUE / 2, (long) messageBytes + maxRecordBytes);
    records = 0;
    bytes = 0;
    recordsOfAll = 0;
    bytesOfAll = 0;
  }

  void startRule() {
    recordsOfAll += records;
    bytesOfAll += bytes;
    records = 0;
    bytes = 0;
  }

  /** Takes back what the rule added. */
  void abandonRule() {
    records = 0;
    bytes = 0;
  }

  /** Counts a record or an entry of so many bytes; tells what is too much now. */
  @Nullable String add(int length) {
    records++;
    bytes += length;
    if (records > RECORDS_OF_A_RULE) {
      return "it makes more than %d records of this event".formatted(RECORDS_OF_A_RULE);
    }
    if (bytes > (long) BYTES_OF_A_RULE + room) {
      return "it makes more than %d bytes of this event".formatted((long) BYTES_OF_A_RULE + room);
    }
    if (recordsOfAll + records > RULES_IN_FULL * RECORDS_OF_A_RULE) {
      return "all rules together make more than %d records of this event"
          .formatted(RULES_IN_FULL * RECORDS_OF_A_RULE);
    }
    long mostOfAll = (long) RULES_IN_FULL * BYTES_OF_A_RULE + room;
    return bytesOfAll + bytes > mostOfAll
        ? "all rules together make more than %d bytes of this event".formatted(mostOfAll)
        : null;
  }
}
