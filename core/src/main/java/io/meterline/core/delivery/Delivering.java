package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.find.RecordCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found since the last cut, and where it goes. */
public final class Delivering {
  /** What an entry takes in memory beside its bytes, roughly. */
  private static final int ENTRY_BYTES = 256;

  private final MeterSink sink;
  private final Quarantine quarantine;
  private final List<Quarantined> entries = new ArrayList<>();
  private final RecordCollector extraction = new RecordCollector(this::keep);
  private long entryBytes;
  private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
  private Delivery delivered = Delivery.NOTHING;

  public Delivering(MeterSink sink, Quarantine quarantine) {
    this.sink = requireNonNull(sink, "sink is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
  }

  /** Keeps what is to go to quarantine with the next delivery. */
  void keep(Quarantined entry) {
    entries.add(entry);
    entryBytes +=
        ENTRY_BYTES
            + switch (entry) {
              case Quarantined.BadRecord bad -> bad.message().length;
              case Quarantined.BadPayload bad -> bad.payload().length;
            };
  }

  public RecordCollector extraction() {
    return extraction;
  }

  public boolean isEmpty() {
    return extraction.records().isEmpty() && entries.isEmpty();
  }

  public boolean isFull(PartLimits limits) {
    return extraction.records().count() >= limits.maxRecords() || bytes() >= limits.maxBytes();
  }

  int count() {
    return extraction.records().count();
  }

  /** What it takes in memory, roughly. */
  public long bytes() {
    return extraction.records().size() + entryBytes;
  }

  /** The newest time in it, or the arrival where nothing in it has a time. */
  public long newest(long arrivalMillis) {
    long newest = extraction.newestTimestamp();
    return newest == Long.MIN_VALUE ? arrivalMillis : newest;
  }

  /** Delivers all of it; when this returns, nothing is left and all is safe. */
  public void deliver(BatchId id, PartLimits limits) throws IOException {
    delivered = delivered.and(quarantine.keep(id, 0, List.copyOf(entries)));
    entries.forEach(entry -> reasons.merge(entry.reason(), 1L, Long::sum));
    entries.clear();
    entryBytes = 0;
    delivered = delivered.and(sink.deliver(new Batch(id, extraction.records(), limits)));
    extraction.clearRecords();
  }

  /** Counts as delivered only what is safe. */
  public RunReport report() {
    long pending = extraction.records().count();
    Map<Reason, Long> kept = new EnumMap<>(Reason.class);
    kept.putAll(reasons);
    if (delivered.refused() > 0) {
      kept.merge(Reason.REFUSED, (long) delivered.refused(), Long::sum);
    }
    return new RunReport(
        extraction.payloads(),
        extraction.events(),
        extraction.controlMessages(),
        extraction.recordsFound() - pending - delivered.refused(),
        kept,
        delivered,
        pending + entries.size());
  }
}
