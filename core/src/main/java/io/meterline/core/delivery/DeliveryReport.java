package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Delivery;
import io.meterline.core.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was read of an input, and what became of it.
 *
 * @param records those that are safe at the receiver
 * @param reasons how many entries are safe in quarantine, by their reason
 * @param undelivered records and entries that were found, and may be at neither
 */
public record DeliveryReport(
    long payloads,
    long events,
    long controlMessages,
    long records,
    Map<Reason, Long> reasons,
    Delivery delivery,
    long undelivered) {
  /** Nothing read. */
  public static final DeliveryReport NOTHING =
      new DeliveryReport(0, 0, 0, 0, Map.of(), Delivery.NOTHING, 0);

  public DeliveryReport {
    requireNonNull(delivery, "delivery is null");
    Map<Reason, Long> ordered = new EnumMap<>(Reason.class);
    ordered.putAll(reasons);
    reasons = Collections.unmodifiableMap(ordered);
  }

  public DeliveryReport and(DeliveryReport other) {
    Map<Reason, Long> both = new EnumMap<>(Reason.class);
    both.putAll(reasons);
    other.reasons.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    return new DeliveryReport(
        payloads + other.payloads,
        events + other.events,
        controlMessages + other.controlMessages,
        records + other.records,
        both,
        delivery.and(other.delivery),
        undelivered + other.undelivered);
  }

  /** How many entries are safe in quarantine. */
  public long quarantined() {
    return reasons.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether nothing at all was found: no record, and nothing for quarantine. */
  public boolean isNothingNew() {
    return records == 0 && reasons.isEmpty() && undelivered == 0;
  }

  /** The line of counts; {@code undelivered} is there only where something is. */
  @Override
  public String toString() {
    return "payloads=%d events=%d control=%d records=%d quarantined=%d objects=%d already=%d%s"
        .formatted(
            payloads,
            events,
            controlMessages,
            records,
            quarantined(),
            delivery.stored(),
            delivery.alreadyThere(),
            undelivered == 0 ? "" : " undelivered=" + undelivered);
  }
}
