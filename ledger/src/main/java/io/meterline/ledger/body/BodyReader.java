package io.meterline.ledger.body;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Limits;
import io.meterline.core.Reason;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonCursor.Fault;
import io.meterline.core.record.RecordReader;
import io.meterline.core.record.Refusal;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a body of the ingest contract: a JSON array, or objects one after the other, as NDJSON and
 * a single object are.
 *
 * <p>One bad line of NDJSON is one bad record. An array that is not well-formed is broken as a
 * whole: what follows the mistake can't be told apart. Memory is bounded, however long the body.
 * Not for several threads.
 */
public final class BodyReader {
  private static final int DEPTH = 64;

  private final RecordReader record;
  private final JsonCursor cursor = JsonCursor.strict();
  private final SlidingText text;
  private int at;
  private int position;

  public BodyReader(Limits limits) {
    requireNonNull(limits, "limits is null");
    record = new RecordReader(limits);
    // White space does not count for a record's length, hence room for some.
    text = new SlidingText(4 * Math.max(limits.maxRecordBytes(), 64 * 1024));
  }

  /**
   * Shows all records to the visitor.
   *
   * @throws BrokenBody where nothing of it counts, also what was shown
   */
  public <E extends Exception> void read(InputStream body, RecordVisitor<E> visitor)
      throws IOException, E, BrokenBody {
    text.reset(body);
    at = 0;
    position = 0;
    text.slide(0);
    int first = next();
    if (first == '[') {
      at++;
      array(visitor);
    } else {
      lines(visitor);
    }
  }

  private <E extends Exception> void lines(RecordVisitor<E> visitor) throws IOException, E {
    while (next() >= 0) {
      int start = at;
      boolean isObject = text.bytes()[at] == '{';
      if (isObject && record()) {
        show(visitor);
      } else if (isObject && cursor.fault() == Fault.TRUNCATED && !text.ended()) {
        if (!text.isFull(start)) {
          slide();
          continue;
        }
        refuse(visitor, tooLong(), start);
      } else {
        refuse(visitor, fault(start), start);
      }
    }
  }

  /** Passes the line that starts at {@code start}; what was read beyond it is read again. */
  private <E extends Exception> void refuse(RecordVisitor<E> visitor, Refusal why, int start)
      throws IOException, E {
    at = start;
    int shown = start;
    while (true) {
      while (shown < text.end() && text.bytes()[shown] != '\n') {
        shown++;
      }
      if (shown < text.end() || text.ended() || text.isFull(at)) {
        break;
      }
      shown -= at;
      slide();
    }
    visitor.refused(why, position++, text.bytes(), at, shown);
    at = shown;
    while (!isLineEnd()) {
      at = text.end();
      slide();
      while (at < text.end() && text.bytes()[at] != '\n') {
        at++;
      }
    }
  }

  private boolean isLineEnd() {
    return at < text.end() || text.ended();
  }

  private Refusal fault(int start) {
    if (text.bytes()[start] != '{') {
      return new Refusal(Reason.NOT_AN_OBJECT, "the line is not a JSON object");
    }
    return cursor.fault() == Fault.TRUNCATED
        ? new Refusal(Reason.TRUNCATED, cursor.why())
        : new Refusal(Reason.MALFORMED_JSON, cursor.why());
  }

  private <E extends Exception> void array(RecordVisitor<E> visitor)
      throws IOException, E, BrokenBody {
    if (next() == ']') {
      at++;
    } else {
      do {
        next();
        element(visitor);
      } while (more());
    }
    if (next() >= 0) {
      throw new BrokenBody(Reason.MALFORMED_JSON, "there is more after the end of the array");
    }
  }

  private <E extends Exception> void element(RecordVisitor<E> visitor)
      throws IOException, E, BrokenBody {
    while (true) {
      boolean isObject = at < text.end() && text.bytes()[at] == '{';
      boolean read = isObject ? record() : value();
      if (read && isObject) {
        show(visitor);
        return;
      }
      // A number that ends where the memory ends may continue after it.
      if (read && (cursor.at() < text.end() || text.ended())) {
        Refusal why = new Refusal(Reason.NOT_AN_OBJECT, "an element of the array is not an object");
        visitor.refused(why, position++, text.bytes(), at, cursor.at());
        at = cursor.at();
        return;
      }
      if ((!read && cursor.fault() == Fault.MALFORMED) || text.ended()) {
        throw new BrokenBody(
            cursor.fault() == Fault.MALFORMED ? Reason.MALFORMED_JSON : Reason.TRUNCATED,
            "record %d of the array: %s".formatted(position, cursor.why()));
      }
      if (text.isFull(at)) {
        throw new BrokenBody(
            Reason.TOO_LARGE, "record %d of the array: %s".formatted(position, tooLong().detail()));
      }
      slide();
    }
  }

  private boolean more() throws IOException, BrokenBody {
    int next = next();
    if (next != ',' && next != ']') {
      throw new BrokenBody(
          next < 0 ? Reason.TRUNCATED : Reason.MALFORMED_JSON,
          next < 0
              ? "the array does not end"
              : "after record %d of the array: a comma or ] is expected".formatted(position - 1));
    }
    at++;
    return next == ',';
  }

  private <E extends Exception> void show(RecordVisitor<E> visitor) throws IOException, E {
    Refusal refusal = record.refusal();
    if (refusal == null) {
      visitor.record(record, position++);
    } else {
      visitor.refused(refusal, position++, record.bytes(), record.from(), record.to());
    }
    at = cursor.at();
  }

  private boolean record() {
    cursor.reset(text.bytes(), at, text.end());
    return record.read(cursor);
  }

  private boolean value() {
    cursor.reset(text.bytes(), at, text.end());
    return cursor.value(DEPTH);
  }

  private Refusal tooLong() {
    return new Refusal(Reason.TOO_LARGE, "the record is longer than the memory that is for one");
  }

  /** Passes white space and tells the byte that follows; -1 at the end. */
  private int next() throws IOException {
    while (true) {
      while (at < text.end() && JsonCursor.isSpace(text.bytes()[at])) {
        at++;
      }
      if (at < text.end()) {
        return text.bytes()[at] & 0xFF;
      }
      if (text.ended()) {
        return -1;
      }
      slide();
    }
  }

  private void slide() throws IOException {
    text.slide(at);
    at = 0;
  }
}
