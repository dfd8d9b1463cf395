package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One call of a function.
 *
 * @param deadline when its time is over
 * @param event JSON, which is left as it is
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Invocation(String requestId, String functionName, Instant deadline, byte[] event) {
  /** What Lambda allows a synchronous call in either direction, in bytes. */
  public static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  public Invocation {
    requireNonNull(requestId, "requestId is null");
    requireNonNull(functionName, "functionName is null");
    requireNonNull(deadline, "deadline is null");
    requireNonNull(event, "event is null");
  }

  public String functionArn() {
    return Arns.function(functionName);
  }
}
