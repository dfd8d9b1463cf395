package io.meterline.core.delivery;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.RecordBuffer;
import io.meterline.core.find.RecordCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one event gave so far and is not yet delivered. It is handed on whenever it reaches the
 * bounds of one body, so that an event takes no more memory than that, whatever it inflates to.
 */
final class Outgoing {
  /** What an entry takes in memory beside its bytes, roughly. */
  private static final int ENTRY_BYTES = 256;

  /** What completion adds to a record at most, with room to spare. */
  private static final int COMPLETION_BYTES = 256;

  /** By how much more than expected there is room, since no two payloads hold just as much. */
  private static final double ROOM_TO_SPARE = 1.05;

  /** Whoever writes a record asks for more room than it is likely to take. */
  private static final int ROOM_TO_WRITE = 20 * 1024;

  private final AgentPorts ports;
  private final RecordCollector extraction;
  private final List<Quarantined> entries = new ArrayList<>();
  private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
  private final Supplier<BatchId> id;
  private long entryBytes;
  private int entryParts;
  private Delivery delivery = Delivery.NOTHING;
  private long nanos;
  private long bytes;
  private long newestTimestamp = Long.MIN_VALUE;

  Outgoing(AgentPorts ports, Supplier<BatchId> id) {
    this.ports = ports;
    this.id = id;
    int room = ports.limits().maxRecordBytes() + COMPLETION_BYTES;
    this.extraction =
        new RecordCollector(
            this::keep,
            new RecordBuffer(),
            Math.max(1, ports.body().maxBytes() - room),
            this::deliverRecords);
  }

  /**
   * Makes room for what is likely to come, when {@code read} bytes of {@code total} gave what is
   * there: a buffer that grows is copied, and one that is too large is cleared for nothing.
   */
  void expect(long read, long total) {
    RecordBuffer records = extraction.records();
    double times = ROOM_TO_SPARE * total / read;
    int most = ports.body().maxBytes();
    records.reserve(
        (int) Math.min(most, records.size() * times + ROOM_TO_WRITE),
        (int) Math.min(most, records.count() * times));
  }

  RecordCollector extraction() {
    return extraction;
  }

  private void keep(Quarantined entry) {
    reasons.merge(entry.reason(), 1L, Long::sum);
    entries.add(entry);
    entryBytes +=
        ENTRY_BYTES
            + switch (entry) {
              case Quarantined.BadRecord bad -> bad.message().length;
              case Quarantined.BadPayload bad -> bad.payload().length;
            };
    if (entryBytes >= ports.body().maxBytes()) {
      keepEntries();
    }
  }

  private void keepEntries() {
    if (entries.isEmpty()) {
      return;
    }
    timed(() -> ports.quarantine().keep(id.get(), entryParts, List.copyOf(entries)));
    entryParts++;
    entries.clear();
    entryBytes = 0;
  }

  private void deliverRecords() {
    if (extraction.records().isEmpty()) {
      return;
    }
    long before = extraction.recordsFound() - extraction.records().count();
    Batch batch = new Batch(id.get(), before, extraction.records(), ports.body());
    timed(() -> ports.sink().deliver(batch));
    bytes += extraction.records().size();
    newestTimestamp = Math.max(newestTimestamp, extraction.newestTimestamp());
    extraction.clearRecords();
  }

  private void timed(HandOver handOver) {
    long start = System.nanoTime();
    try {
      delivery = delivery.and(handOver.run());
    } catch (IOException e) {
      throw new HandOverFailed(e);
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  /** Hands on what is left. */
  AgentReport finish() {
    keepEntries();
    deliverRecords();
    int refused = delivery.refused();
    if (refused > 0) {
      reasons.merge(Reason.REFUSED, (long) refused, Long::sum);
    }
    return new AgentReport(
        extraction.payloads(),
        extraction.controlMessages(),
        extraction.events(),
        extraction.recordsFound() - refused,
        bytes,
        reasons,
        delivery,
        nanos,
        newestTimestamp);
  }

  @FunctionalInterface
  private interface HandOver {
    Delivery run() throws IOException;
  }
}
