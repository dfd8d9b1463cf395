package io.meterline.core.record;

import static io.meterline.core.Reason.MALFORMED_JSON;
import static io.meterline.core.Reason.MISSING_FIELD;
import static io.meterline.core.Reason.OUT_OF_RANGE;
import static io.meterline.core.Reason.TOO_LARGE;
import static io.meterline.core.Reason.WRONG_TYPE;
import static io.meterline.core.record.Field.CUSTOMER_ID;
import static io.meterline.core.record.Field.DIMENSIONS;
import static io.meterline.core.record.Field.METER_API_NAME;
import static io.meterline.core.record.Field.METER_TIME_IN_MILLIS;
import static io.meterline.core.record.Field.METER_VALUE;
import static io.meterline.core.record.Field.UNIQUE_ID;
import static io.meterline.core.record.Field.VALUES;

import org.jspecify.annotations.Nullable;

/**
 * What a well-formed record must be, in the order in which the reasons are given.
 *
 * <p>Types are told by a value's first byte: the text is known to be strict JSON by then.
 */
public final class RecordRules {
  /** 9999-12-31T23:59:59.999Z, the last time that ISO-8601 writes with four digits of year. */
  private static final long LAST_TIME = 253_402_300_799_999L;

  private final int maxRecordBytes;

  public RecordRules(int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  /** The first rule that the record breaks, or null where it may go out. */
  public @Nullable Refusal check(ScannedRecord record, LogEvent event) {
    Field twice = record.twice();
    if (twice != null) {
      return new Refusal(MALFORMED_JSON, twice.text() + " is duplicated");
    }
    if (record.minifiedLength() > maxRecordBytes) {
      return new Refusal(
          TOO_LARGE,
          "the record has %d bytes; the limit is %d"
              .formatted(record.minifiedLength(), maxRecordBytes));
    }
    Refusal refusal = missing(record, event);
    if (refusal == null) {
      refusal = wrongType(record);
    }
    return refusal == null ? outOfRange(record, event) : refusal;
  }

  /** Whether nothing is wrong with what completion adds to a record of the event. */
  public static boolean canBeCompleted(boolean timed, boolean identified, LogEvent event) {
    return (timed || (event.isTimed() && isInRange(event.timestamp())))
        && (identified || event.hasId());
  }

  private static boolean isInRange(long time) {
    return time >= 1 && time <= LAST_TIME;
  }

  private static @Nullable Refusal missing(ScannedRecord record, LogEvent event) {
    if (!record.has(METER_API_NAME) && !record.has(VALUES)) {
      return new Refusal(MISSING_FIELD, "meterApiName is missing, and so is values");
    }
    if (record.has(METER_API_NAME) && !record.has(METER_VALUE)) {
      return Refusal.missing(METER_VALUE);
    }
    if (!record.has(CUSTOMER_ID)) {
      return Refusal.missing(CUSTOMER_ID);
    }
    if (isBlankString(record, METER_API_NAME)) {
      return new Refusal(MISSING_FIELD, "meterApiName is blank");
    }
    if (isBlankString(record, CUSTOMER_ID)) {
      return new Refusal(MISSING_FIELD, "customerId is blank");
    }
    if (!record.has(METER_TIME_IN_MILLIS) && !event.isTimed()) {
      return new Refusal(
          MISSING_FIELD, "meterTimeInMillis is missing, and the log event has no time of its own");
    }
    if (!record.has(UNIQUE_ID) && !event.hasId()) {
      return new Refusal(MISSING_FIELD, "uniqueId is missing, and the log event has no id");
    }
    return null;
  }

  private static boolean isBlankString(ScannedRecord record, Field field) {
    if (!record.has(field) || record.type(field) != '"') {
      return false;
    }
    byte first = record.bytes()[record.valueFrom(field) + 1];
    boolean plainlyNot = first > ' ' && first != '"' && first != '\\';
    return !plainlyNot && record.string(field).isBlank();
  }

  private static @Nullable Refusal wrongType(ScannedRecord record) {
    for (Field field : new Field[] {METER_API_NAME, CUSTOMER_ID, UNIQUE_ID}) {
      if (record.has(field) && record.type(field) != '"') {
        return Refusal.wrongType(field, "a string");
      }
    }
    if (record.has(METER_VALUE) && !isNumber(record.type(METER_VALUE))) {
      return Refusal.wrongType(METER_VALUE, "a number");
    }
    if (record.has(METER_TIME_IN_MILLIS) && !isInteger(record)) {
      return Refusal.wrongType(METER_TIME_IN_MILLIS, "an integer");
    }
    for (Field field : new Field[] {DIMENSIONS, VALUES}) {
      if (record.has(field) && record.type(field) != '{') {
        return Refusal.wrongType(field, "an object");
      }
    }
    if (record.has(VALUES) && record.hasNonNumericValue()) {
      return new Refusal(WRONG_TYPE, "a member of values is not a number");
    }
    if (record.has(DIMENSIONS) && record.hasNestedDimension()) {
      return new Refusal(WRONG_TYPE, "a member of dimensions is an object or an array");
    }
    return null;
  }

  private static boolean isNumber(byte first) {
    return first == '-' || (first >= '0' && first <= '9');
  }

  private static boolean isInteger(ScannedRecord record) {
    byte[] bytes = record.bytes();
    int to = record.valueTo(METER_TIME_IN_MILLIS);
    int i = record.valueFrom(METER_TIME_IN_MILLIS);
    if (!isNumber(bytes[i])) {
      return false;
    }
    for (i++; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Refusal outOfRange(ScannedRecord record, LogEvent event) {
    if (!isInRange(time(record, event))) {
      return new Refusal(OUT_OF_RANGE, "meterTimeInMillis is below 1 or above " + LAST_TIME);
    }
    if (record.has(METER_VALUE)
        && !Numbers.fitsDouble(
            record.bytes(), record.valueFrom(METER_VALUE), record.valueTo(METER_VALUE))) {
      return new Refusal(OUT_OF_RANGE, "meterValue is more than a double holds");
    }
    if (record.has(VALUES)) {
      return valuesOutOfRange(record);
    }
    return null;
  }

  /** The record's own time, or its event's where completion will add that. */
  public static long time(ScannedRecord record, LogEvent event) {
    return record.has(METER_TIME_IN_MILLIS)
        ? Numbers.integer(
            record.bytes(),
            record.valueFrom(METER_TIME_IN_MILLIS),
            record.valueTo(METER_TIME_IN_MILLIS))
        : event.timestamp();
  }

  private static @Nullable Refusal valuesOutOfRange(ScannedRecord record) {
    Members members = new Members(record.bytes(), record.valueFrom(VALUES), record.valueTo(VALUES));
    boolean any = false;
    while (members.next()) {
      any = true;
      if (!Numbers.fitsDouble(record.bytes(), members.valueFrom(), members.valueTo())) {
        return new Refusal(OUT_OF_RANGE, "a member of values is more than a double holds");
      }
    }
    return any ? null : new Refusal(OUT_OF_RANGE, "values is empty");
  }
}
