package io.meterline.core;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of one stretch of a source, in the order in which they came.
 *
 * @param firstRecord how many records of the stretch were delivered before, in other batches
 */
public record Batch(BatchId id, long firstRecord, RecordBuffer records, PartLimits limits) {
  /** All that a stretch holds. */
  public Batch(BatchId id, RecordBuffer records, PartLimits limits) {
    this(id, 0, records, limits);
  }

  public Batch {
    requireNonNull(id, "id is null");
    requireNonNull(records, "records is null");
    requireNonNull(limits, "limits is null");
  }

  /**
   * The parts in which a sink with bounds of its own delivers the batch: none where there are no
   * records. The same batch and bounds give the same parts.
   */
  public List<BatchPart> parts(PartLimits bounds) {
    PartLimits both = limits.and(bounds);
    List<BatchPart> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < records.count(); i++) {
      long bytes = (long) records.to(i) - records.from(from);
      if (i > from && (i - from == both.maxRecords() || bytes > both.maxBytes())) {
        parts.add(new BatchPart(id, firstRecord, records, from, i));
        from = i;
      }
    }
    if (from < records.count()) {
      parts.add(new BatchPart(id, firstRecord, records, from, records.count()));
    }
    return parts;
  }
}
