package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A log event as PutLogEvents takes it. */
public record InputLogEvent(Instant timestamp, String message) {
  /** What AWS adds to the bytes of each message when it measures a batch. */
  static final int OVERHEAD_BYTES = 26;

  public InputLogEvent {
    requireNonNull(timestamp, "timestamp is null");
    requireNonNull(message, "message is null");
  }

  int bytes() {
    return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD_BYTES;
  }
}
