package io.meterline.pipeline;

import io.meterline.Delivery;

/** What a run came to. */
public record RunReport(
    long payloads,
    long events,
    long controlMessages,
    long records,
    long quarantined,
    Delivery delivery) {
  /** Nothing read. */
  public static final RunReport NOTHING = new RunReport(0, 0, 0, 0, 0, Delivery.NOTHING);

  public RunReport and(RunReport other) {
    return new RunReport(
        payloads + other.payloads,
        events + other.events,
        controlMessages + other.controlMessages,
        records + other.records,
        quarantined + other.quarantined,
        delivery.and(other.delivery));
  }

  /** Whether nothing at all was found: no record, and nothing for quarantine. */
  public boolean isNothingNew() {
    return records == 0 && quarantined == 0;
  }

  @Override
  public String toString() {
    return "payloads=%d events=%d control=%d records=%d quarantined=%d objects=%d already=%d"
        .formatted(
            payloads,
            events,
            controlMessages,
            records,
            quarantined,
            delivery.stored(),
            delivery.alreadyThere());
  }
}
