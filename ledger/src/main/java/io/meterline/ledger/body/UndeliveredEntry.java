package io.meterline.ledger.body;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * An entry of a quarantine object, as far as a list shows it.
 *
 * @param position of the entry in its object, from 0
 * @param eventId the log event's id, or the Kinesis record's sequence number; empty where there is
 *     none
 * @param timestamp the log event's time in epoch milliseconds
 * @param text the start of the log message, or of the payload in base64
 * @param bytes how long the whole entry is
 */
public record UndeliveredEntry(
    int position,
    String reason,
    String detail,
    String logGroup,
    String logStream,
    String eventId,
    OptionalLong timestamp,
    String text,
    long bytes) {
  public UndeliveredEntry {
    requireNonNull(reason, "reason is null");
    requireNonNull(detail, "detail is null");
    requireNonNull(logGroup, "logGroup is null");
    requireNonNull(logStream, "logStream is null");
    requireNonNull(eventId, "eventId is null");
    requireNonNull(timestamp, "timestamp is null");
    requireNonNull(text, "text is null");
  }

  /** The same, of which only the reason and where it comes from are kept. */
  public UndeliveredEntry withoutText() {
    return new UndeliveredEntry(
        position, reason, "", logGroup, logStream, eventId, timestamp, "", bytes);
  }
}
