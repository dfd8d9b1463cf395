package io.meterline.core.record;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Limits;
import io.meterline.core.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads finished records, as ingest objects hold them: each must have its own time, and may do
 * without a unique id. What it tells is about the record that was read last.
 *
 * <p>Not for several threads.
 */
public final class RecordReader {
  private final RecordRules rules;
  private final ScannedRecord record = new ScannedRecord();
  private final LogEvent finished = new LogEvent().timestamp(1).id(new byte[] {'0'}, 0, 1);

  public RecordReader(Limits limits) {
    rules = new RecordRules(requireNonNull(limits, "limits is null").maxRecordBytes());
  }

  /**
   * Reads the object at which the cursor is; false where it is malformed; the cursor has the
   * reason.
   */
  public boolean read(JsonCursor in) {
    return record.scan(in);
  }

  /** The first rule that the record breaks; null where it keeps them all. */
  public @Nullable Refusal refusal() {
    Refusal refusal = rules.check(record, finished);
    return refusal == null && !record.has(Field.METER_TIME_IN_MILLIS)
        ? Refusal.missing(Field.METER_TIME_IN_MILLIS)
        : refusal;
  }

  /** Whether the field is there, with a value that counts. */
  public boolean has(Field field) {
    return record.has(field);
  }

  /** Where the field's value starts, a string's quote included. */
  public int valueFrom(Field field) {
    return record.valueFrom(field);
  }

  public int valueTo(Field field) {
    return record.valueTo(field);
  }

  /** The record's time in epoch milliseconds. */
  public long time() {
    return RecordRules.time(record, finished);
  }

  /** Whether there are members that the contract does not name. */
  public boolean hasOthers() {
    return record.hasOthers();
  }

  /** The array that the record was read from. */
  public byte[] bytes() {
    return record.bytes();
  }

  public int from() {
    return record.from();
  }

  public int to() {
    return record.to();
  }
}
