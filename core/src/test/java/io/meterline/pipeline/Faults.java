package io.meterline.pipeline;

import io.meterline.MeterSink;
import io.meterline.Quarantine;
import java.io.IOException;

/**
 * Goes wrong at one step of a run: each delivery and each hand-over to quarantine is two steps, one
 * before it is done and one after.
 */
final class Faults {
  private final int at;
  private final Fault fault;
  private int step;

  Faults(int at, Fault fault) {
    this.at = at;
    this.fault = fault;
  }

  /** Whether the run went as far as the fault. */
  boolean happened() {
    return step > at;
  }

  MeterSink in(MeterSink sink) {
    return batch -> {
      pass();
      var delivery = sink.deliver(batch);
      pass();
      return delivery;
    };
  }

  Quarantine in(Quarantine quarantine) {
    return (id, part, entries) -> {
      pass();
      var delivery = quarantine.keep(id, part, entries);
      pass();
      return delivery;
    };
  }

  private void pass() throws IOException {
    if (step++ == at) {
      fault.happen();
    }
  }

  /** What goes wrong. */
  interface Fault {
    void happen() throws IOException;
  }
}
