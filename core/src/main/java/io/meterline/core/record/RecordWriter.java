package io.meterline.core.record;

import static io.meterline.core.record.Field.METER_TIME_IN_MILLIS;
import static io.meterline.core.record.Field.UNIQUE_ID;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.meterline.core.RecordBuffer;
import io.meterline.core.json.Digits;

/**
 * Writes a record that the rules let pass: minified, every token as it was written, and completed.
 */
public final class RecordWriter {
  private static final byte[] TIME = ",\"meterTimeInMillis\":".getBytes(US_ASCII);
  private static final byte[] ID = ",\"uniqueId\":\"".getBytes(US_ASCII);

  private final DerivedId derivedId = new DerivedId();

  /** Writes the record that is at {@code position} in its log event. */
  public void write(ScannedRecord record, LogEvent event, int position, RecordBuffer out) {
    write(record, event, word(position, record.has(UNIQUE_ID)), out);
  }

  /** As above, where what stands for the position is a word. */
  public void write(ScannedRecord record, LogEvent event, String position, RecordBuffer out) {
    if (record.isFinal()) {
      out.write(record.bytes(), record.from(), record.to() - 1);
    } else {
      changed(record, out);
    }
    complete(record.has(METER_TIME_IN_MILLIS), record.has(UNIQUE_ID), event, position, out);
  }

  /** As below, for the record that is at {@code position} in its log event. */
  public void complete(
      boolean timed, boolean identified, LogEvent event, int position, RecordBuffer out) {
    complete(timed, identified, event, word(position, identified), out);
  }

  /** What stands for the position in a derived id; most records have their own. */
  private static String word(int position, boolean identified) {
    return identified ? "" : position == 0 ? "0" : Integer.toString(position);
  }

  /** Ends a record that is written but for its closing brace, and adds what it does not have. */
  private void complete(
      boolean timed, boolean identified, LogEvent event, String position, RecordBuffer out) {
    if (!timed) {
      out.write(TIME, 0, TIME.length);
      int at = out.open(Digits.MOST);
      out.wrote(Digits.write(event.timeOfRecord(), out.bytes(), at));
    }
    if (!identified) {
      out.write(ID, 0, ID.length);
      derivedId.write(event, position, out);
      out.write('"');
    }
    out.write('}');
    out.end();
  }

  /** All members but those that count as not there, up to the closing brace. */
  private static void changed(ScannedRecord record, RecordBuffer out) {
    byte[] bytes = record.bytes();
    Members members = new Members(bytes, record.from(), record.to());
    char before = '{';
    while (members.next()) {
      Field field = members.field();
      if (field != null && !record.has(field)) {
        continue;
      }
      out.write(before);
      before = ',';
      out.write(bytes, members.nameFrom(), members.nameTo());
      out.write(':');
      if (field == Field.DIMENSIONS) {
        dimensions(bytes, members.valueFrom(), members.valueTo(), out);
      } else {
        minified(bytes, members.valueFrom(), members.valueTo(), out);
      }
    }
  }

  private static void dimensions(byte[] bytes, int from, int to, RecordBuffer out) {
    Members members = new Members(bytes, from, to);
    char before = '{';
    while (members.next()) {
      byte type = bytes[members.valueFrom()];
      if (type == 'n') {
        continue;
      }
      out.write(before);
      before = ',';
      out.write(bytes, members.nameFrom(), members.nameTo());
      out.write(':');
      if (type == '"') {
        out.write(bytes, members.valueFrom(), members.valueTo());
      } else {
        out.write('"');
        out.write(bytes, members.valueFrom(), members.valueTo());
        out.write('"');
      }
    }
    if (before == '{') {
      out.write('{');
    }
    out.write('}');
  }

  private static void minified(byte[] bytes, int from, int to, RecordBuffer out) {
    int kept = from;
    boolean inString = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inString) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b <= ' ' && b >= 0) {
        out.write(bytes, kept, i);
        kept = i + 1;
      }
    }
    out.write(bytes, kept, to);
  }
}
