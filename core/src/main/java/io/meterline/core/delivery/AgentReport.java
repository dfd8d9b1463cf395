package io.meterline.core.delivery;

import io.meterline.core.Delivery;
import io.meterline.core.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What an agent made of one event.
 *
 * @param bytes of records delivered
 * @param quarantined how many entries, by reason
 * @param deliveryNanos how long sink and quarantine took
 * @param newestTimestamp of a log event with a record, in epoch milliseconds; {@link
 *     Long#MIN_VALUE} where there was none
 */
public record AgentReport(
    long payloads,
    long controlMessages,
    long events,
    long records,
    long bytes,
    Map<Reason, Long> quarantined,
    Delivery delivery,
    long deliveryNanos,
    long newestTimestamp) {
  public AgentReport {
    EnumMap<Reason, Long> copy = new EnumMap<>(Reason.class);
    copy.putAll(quarantined);
    quarantined = Collections.unmodifiableMap(copy);
  }

  /** How many entries of any reason. */
  public long quarantinedInAll() {
    return quarantined.values().stream().mapToLong(Long::longValue).sum();
  }
}
