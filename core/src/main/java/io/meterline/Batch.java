package io.meterline;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of one stretch of a source, in the order in which they came.
 *
 * @param firstPart what sets it apart where what the stretch holds is delivered in several batches,
 *     so that no two of their parts have the same name
 */
public record Batch(BatchId id, int firstPart, RecordBuffer records, PartLimits limits) {
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
        parts.add(new BatchPart(id, firstPart, records, from, i));
        from = i;
      }
    }
    if (from < records.count()) {
      parts.add(new BatchPart(id, firstPart, records, from, records.count()));
    }
    return parts;
  }
}
