package io.meterline.core.find;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Quarantined;
import io.meterline.core.RecordBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was found in an input and not yet taken away: records, and entries for quarantine. Also
 * counts all that was looked at.
 */
public final class Findings {
  /** What an entry takes in memory beside its bytes, roughly. */
  private static final int ENTRY_BYTES = 256;

  private final RecordBuffer records = new RecordBuffer();
  private final int fullBytes;
  private final Drain drain;
  private List<Quarantined> entries = new ArrayList<>();
  private long entryBytes;
  private long payloads;
  private long events;
  private long controlMessages;
  private long entriesFound;
  private long recordsTaken;
  private long newestTimestamp = Long.MIN_VALUE;

  /** Takes away what was found, since it is as much as is to be held at a time. */
  @FunctionalInterface
  public interface Drain {
    void drain(Findings full) throws IOException;
  }

  /** Holds all that a step of a source finds. */
  public Findings() {
    this(Integer.MAX_VALUE, full -> {});
  }

  /** Is drained whenever its records or its entries have {@code fullBytes}. */
  public Findings(int fullBytes, Drain drain) {
    this.fullBytes = fullBytes;
    this.drain = requireNonNull(drain, "drain is null");
  }

  public RecordBuffer records() {
    return records;
  }

  /** What is to go to quarantine. */
  public List<Quarantined> entries() {
    return Collections.unmodifiableList(entries);
  }

  public boolean isEmpty() {
    return records.isEmpty() && entries.isEmpty();
  }

  /** How much memory it takes, roughly. */
  public long bytes() {
    return records.size() + entryBytes;
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

  /** How many records were found, taken away or not. */
  public long recordsFound() {
    return recordsTaken + records.count();
  }

  /** How many entries for quarantine were found, taken away or not. */
  public long entriesFound() {
    return entriesFound;
  }

  /**
   * The newest time, in epoch milliseconds, of a log event that held one of the records (of the
   * record, where its event has no time); {@link Long#MIN_VALUE} when there was none.
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

  /** Adds an entry for quarantine. */
  public void refuse(Quarantined entry) {
    entriesFound++;
    entries.add(entry);
    entryBytes += bytes(entry);
  }

  private static int bytes(Quarantined entry) {
    return ENTRY_BYTES
        + switch (entry) {
          case Quarantined.BadRecord bad -> bad.message().length;
          case Quarantined.BadPayload bad -> bad.payload().length;
        };
  }

  /** Adds records that were found elsewhere, with the newest time of what held them. */
  public void add(RecordBuffer others, int from, int to, long newest) {
    records.add(others, from, to);
    wroteRecord(newest);
  }

  /** Adds the counts of what another one looked at, which are nothing there then. */
  public void takeCounts(Findings other) {
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
  }

  boolean isFull() {
    return records.size() >= fullBytes || entryBytes >= fullBytes;
  }

  /** To be called wherever the last record can't be taken back any more. */
  public void drainIfFull() throws IOException {
    if (isFull()) {
      drain.drain(this);
    }
  }

  /** Takes back all but the first ones. */
  public void truncate(int keptRecords, int keptEntries) {
    records.truncate(keptRecords);
    while (entries.size() > keptEntries) {
      entryBytes -= bytes(entries.removeLast());
      entriesFound--;
    }
  }

  /** Forgets the records, which were taken away, and keeps the counts. */
  public void clearRecords() {
    recordsTaken += records.count();
    records.truncate(0);
    newestTimestamp = Long.MIN_VALUE;
  }

  /** Forgets records and entries, which were taken away, and keeps the counts. */
  public void clear() {
    clearRecords();
    takeEntries();
  }

  /** Takes the entries away. */
  public List<Quarantined> takeEntries() {
    List<Quarantined> taken = entries;
    entries = new ArrayList<>();
    entryBytes = 0;
    return taken;
  }
}
