package io.meterline.core.find;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Quarantined;
import io.meterline.core.RecordBuffer;
import java.util.function.Consumer;

/**
 * Where extraction puts what it finds: records in a buffer, refusals to whoever keeps them, and the
 * counts of both and of all that was looked at.
 */
public final class RecordCollector {
  private final RecordBuffer records;
  private final Consumer<? super Quarantined> quarantine;
  private final int fullBytes;
  private final Runnable full;
  private long payloads;
  private long events;
  private long controlMessages;
  private long refused;
  private long recordsHandedOn;
  private long newestTimestamp = Long.MIN_VALUE;

  /** Each refusal is handed to {@code quarantine} as it is met, so that none piles up here. */
  public RecordCollector(Consumer<? super Quarantined> quarantine) {
    this(quarantine, new RecordBuffer(), Integer.MAX_VALUE, () -> {});
  }

  /**
   * As above, with a buffer that is empty; {@code full} takes the records away once they have
   * {@code fullBytes}.
   */
  public RecordCollector(
      Consumer<? super Quarantined> quarantine,
      RecordBuffer records,
      int fullBytes,
      Runnable full) {
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
    this.records = requireNonNull(records, "records is null");
    this.fullBytes = fullBytes;
    this.full = requireNonNull(full, "full is null");
  }

  /** The records found and not yet handed on. */
  public RecordBuffer records() {
    return records;
  }

  /** Payloads seen, readable or not. */
  public long payloads() {
    return payloads;
  }

  /** Log events in data payloads, or lines, with or without a record in them. */
  public long events() {
    return events;
  }

  public long controlMessages() {
    return controlMessages;
  }

  /** How many records were found, handed on or not. */
  public long recordsFound() {
    return recordsHandedOn + records.count();
  }

  /** How many entries went to quarantine. */
  public long refused() {
    return refused;
  }

  /**
   * The newest time, in epoch milliseconds, of a log event that held a record (of the record, where
   * its event has no time); {@link Long#MIN_VALUE} when there was none.
   */
  public long newestTimestamp() {
    return newestTimestamp;
  }

  /** The newest time since this was asked last. */
  public long takeNewest() {
    long newest = newestTimestamp;
    newestTimestamp = Long.MIN_VALUE;
    return newest;
  }

  public void countPayload() {
    payloads++;
  }

  public void countEvents(long more) {
    events += more;
  }

  public void countControlMessage() {
    controlMessages++;
  }

  public void refuse(Quarantined what) {
    refused++;
    quarantine.accept(what);
  }

  /** Adds records that were found elsewhere, with the newest time of what held them. */
  public void add(RecordBuffer others, int from, int to, long newest) {
    records.add(others, from, to);
    wroteRecord(newest);
  }

  /** Adds the counts of what another one looked at, which are nothing there then. */
  public void takeCounts(RecordCollector other) {
    payloads += other.payloads;
    events += other.events;
    controlMessages += other.controlMessages;
    other.payloads = 0;
    other.events = 0;
    other.controlMessages = 0;
  }

  /** Takes note of a record that was written to the buffer, and of its time. */
  void wroteRecord(long timestamp) {
    newestTimestamp = Math.max(newestTimestamp, timestamp);
    if (isFull()) {
      full.run();
    }
  }

  /** Whether the records are to be taken away. */
  boolean isFull() {
    return records.size() >= fullBytes;
  }

  /** Forgets the records, which were handed on, and keeps the counts. */
  public void clearRecords() {
    recordsHandedOn += records.count();
    records.truncate(0);
    newestTimestamp = Long.MIN_VALUE;
  }
}
