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
import io.meterline.core.find.Findings;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found since the last batch, and where it goes. */
public final class PendingBatch {
  private final MeterSink sink;
  private final Quarantine quarantine;
  private final Findings findings;
  private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
  private Delivery delivered = Delivery.NOTHING;

  /** How many records of this batch were delivered in earlier parts. */
  private long recordsBefore;

  /** How many parts of this batch went to quarantine. */
  private int quarantineParts;

  public PendingBatch(MeterSink sink, Quarantine quarantine) {
    this(sink, quarantine, new Findings());
  }

  PendingBatch(MeterSink sink, Quarantine quarantine, Findings findings) {
    this.sink = requireNonNull(sink, "sink is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
    this.findings = requireNonNull(findings, "findings is null");
  }

  public Findings findings() {
    return findings;
  }

  public boolean isFull(PartLimits limits) {
    return findings.records().count() >= limits.maxRecords()
        || findings.bytes() >= limits.maxBytes();
  }

  /** The newest time in it, or the arrival where nothing in it has a time. */
  public long newest(long arrivalMillis) {
    long newest = findings.newestTimestamp();
    return newest == Long.MIN_VALUE ? arrivalMillis : newest;
  }

  /** Delivers all of it, as a batch or the rest of one: when this returns, all is safe. */
  public void deliver(BatchId id, PartLimits limits) throws IOException {
    deliverPart(id, limits);
    recordsBefore = 0;
    quarantineParts = 0;
  }

  /** Delivers what there is of the batch; more of it follows. */
  void deliverPart(BatchId id, PartLimits limits) throws IOException {
    List<Quarantined> entries = findings.entries();
    if (!entries.isEmpty()) {
      delivered = delivered.and(quarantine.keep(id, quarantineParts, List.copyOf(entries)));
      entries.forEach(entry -> reasons.merge(entry.reason(), 1L, Long::sum));
      findings.takeEntries();
      quarantineParts++;
    }
    if (!findings.records().isEmpty()) {
      delivered =
          delivered.and(sink.deliver(new Batch(id, recordsBefore, findings.records(), limits)));
      recordsBefore += findings.records().count();
      findings.clearRecords();
    }
  }

  /** Counts as delivered only what is safe. */
  public DeliveryReport report() {
    long pending = findings.records().count();
    Map<Reason, Long> kept = new EnumMap<>(Reason.class);
    kept.putAll(reasons);
    if (delivered.refused() > 0) {
      kept.merge(Reason.REFUSED, (long) delivered.refused(), Long::sum);
    }
    return new DeliveryReport(
        findings.payloads(),
        findings.events(),
        findings.controlMessages(),
        findings.recordsFound() - pending - delivered.refused(),
        kept,
        delivered,
        pending + findings.entries().size());
  }
}
