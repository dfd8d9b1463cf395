package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a log group keeps events and how its subscription filters gather them.
 *
 * @param owner the account's id
 * @param retention how long events are kept; empty for ever
 * @param subscriptionFilters how many subscription filters AWS allows a log group
 * @param payloadEvents how many events a payload holds at most
 * @param payloadBytes how many bytes of messages a payload holds at most; a larger event goes alone
 * @param payloadDelay how long an event waits at most for others
 * @param controlMessageChance how likely a health check goes before or after a payload, from 0 to 1
 */
public record LogGroupSettings(
    String owner,
    Optional<Duration> retention,
    int subscriptionFilters,
    int payloadEvents,
    int payloadBytes,
    Duration payloadDelay,
    double controlMessageChance) {
  public LogGroupSettings {
    requireNonNull(owner, "owner is null");
    requireNonNull(retention, "retention is null");
    requireNonNull(payloadDelay, "payloadDelay is null");
    if (payloadEvents < 1 || payloadBytes < 1) {
      throw new IllegalArgumentException("a payload must have room for an event");
    }
    if (!(controlMessageChance >= 0 && controlMessageChance <= 1)) {
      throw new IllegalArgumentException("controlMessageChance is " + controlMessageChance);
    }
  }

  /** Two filters, and payloads of the sizes that are usually seen. */
  public static LogGroupSettings defaults() {
    return new LogGroupSettings(
        Arns.ACCOUNT, Optional.empty(), 2, 500, 256 * 1024, Duration.ofSeconds(5), 0.05);
  }
}
