package io.meterline.core.files;

import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import java.io.IOException;

/**
 * Goes wrong at one step of a run: each delivery and each hand-over to quarantine is two steps, one
 * before it is done and one after.
 */
final class Faults {
  private final int at;
  private final Fault fault;
  private int step;

  /** What there is no going on after, in no thread. */
  private boolean killed;

  Faults(int at, Fault fault) {
    this.at = at;
    this.fault = fault;
  }

  /** Whether the run went as far as the fault. */
  synchronized boolean happened() {
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

  private synchronized void pass() throws IOException {
    if (killed) {
      throw new Killed();
    }
    if (step++ == at) {
      try {
        fault.happen();
      } catch (Killed e) {
        killed = true;
        throw e;
      }
    }
  }

  /** What goes wrong. */
  interface Fault {
    void happen() throws IOException;
  }
}
