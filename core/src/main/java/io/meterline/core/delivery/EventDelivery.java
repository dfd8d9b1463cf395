package io.meterline.core.delivery;

import io.meterline.core.BatchId;
import io.meterline.core.RecordBuffer;
import io.meterline.core.find.Findings;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Delivers what one event holds. Whatever it inflates to, no more than one body of it is held: once
 * there is as much, that part is delivered.
 */
final class EventDelivery {
  /** What completion adds to a record at most, with room to spare. */
  private static final int COMPLETION_BYTES = 256;

  /** By how much more than expected there is room, since no two payloads hold just as much. */
  private static final double ROOM_TO_SPARE = 1.05;

  /** Whoever writes a record asks for more room than it is likely to take. */
  private static final int ROOM_TO_WRITE = 20 * 1024;

  private final AgentPorts ports;
  private final Supplier<BatchId> id;
  private final PendingBatch pending;
  private long nanos;
  private long bytes;
  private long newestTimestamp = Long.MIN_VALUE;

  /**
   * @param id what the event is, as far as it was read: asked for when a part is delivered
   */
  EventDelivery(AgentPorts ports, Supplier<BatchId> id) {
    this.ports = ports;
    this.id = id;
    int room = ports.limits().maxRecordBytes() + COMPLETION_BYTES;
    int fullBytes = Math.max(1, ports.body().maxBytes() - room);
    this.pending =
        new PendingBatch(
            ports.sink(), ports.quarantine(), new Findings(fullBytes, full -> deliverPart()));
  }

  Findings findings() {
    return pending.findings();
  }

  /**
   * Makes room for what is likely to come, when {@code read} bytes of {@code total} gave what is
   * there: a buffer that grows is copied, and one that is too large is cleared for nothing.
   */
  void expect(long read, long total) {
    RecordBuffer records = findings().records();
    double times = ROOM_TO_SPARE * total / read;
    int most = ports.body().maxBytes();
    records.reserve(
        (int) Math.min(most, records.size() * times + ROOM_TO_WRITE),
        (int) Math.min(most, records.count() * times));
  }

  private void deliverPart() throws IOException {
    long start = System.nanoTime();
    bytes += findings().records().size();
    newestTimestamp = Math.max(newestTimestamp, findings().newestTimestamp());
    try {
      pending.deliverPart(id.get(), ports.body());
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  /** Delivers what is left. */
  AgentReport finish() throws IOException {
    if (!findings().isEmpty()) {
      deliverPart();
    }
    return new AgentReport(pending.report(), bytes, nanos, newestTimestamp);
  }
}
