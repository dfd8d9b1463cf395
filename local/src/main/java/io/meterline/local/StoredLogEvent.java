package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * A log event as CloudWatch Logs keeps it.
 *
 * @param id 56 decimal digits, its own for ever
 * @param timestamp milliseconds since 1970, as its writer gave it
 */
public record StoredLogEvent(String logStream, String id, long timestamp, String message) {
  public StoredLogEvent {
    requireNonNull(logStream, "logStream is null");
    requireNonNull(id, "id is null");
    requireNonNull(message, "message is null");
  }

  int bytes() {
    return message.getBytes(StandardCharsets.UTF_8).length + InputLogEvent.OVERHEAD_BYTES;
  }
}
