package io.meterline.payload;

import static io.meterline.json.JsonCursor.Fault.NONE;

import io.meterline.extract.RecordsAhead;
import io.meterline.json.Glue;
import io.meterline.json.JsonCursor;
import java.nio.charset.StandardCharsets;

/**
 * Reads a log event as CloudWatch Logs writes it: id, timestamp and message, in this order and
 * without white space. Its records are taken out as they are passed, where they can be.
 */
final class UsualEvent {
  private static final Glue ID = glue("{\"id\":\"");
  private static final Glue TIMESTAMP = glue("\",\"timestamp\":");
  private static final Glue MESSAGE = glue(",\"message\":\"");

  private final RecordsAhead ahead;

  UsualEvent(RecordsAhead ahead) {
    this.ahead = ahead;
  }

  private static Glue glue(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new Glue(bytes, bytes.length);
  }

  /**
   * Reads up to the end of the message of the event at which the cursor stands. False where it is
   * another one, and the cursor has not moved, or where it met a fault.
   */
  boolean read(JsonCursor in, EventTable events) {
    int start = in.at();
    if (!in.take(ID)) {
      return false;
    }
    int idFrom = in.at();
    in.digits();
    int idTo = in.at();
    if (in.take(TIMESTAMP)) {
      int timeFrom = in.at();
      boolean zero = in.bytes()[timeFrom] == '0';
      in.digits();
      int timeTo = in.at();
      if (timeTo > timeFrom && !zero && in.take(MESSAGE)) {
        events.id(idFrom, idTo, false);
        events.time(timeFrom, timeTo);
        return message(in, events);
      }
    }
    in.moveTo(start);
    return false;
  }

  private boolean message(JsonCursor in, EventTable events) {
    byte[] bytes = in.bytes();
    int from = in.at();
    int behind = RecordsAhead.NOT_TAKEN;
    int before = ahead.count();
    in.startText();
    int marker = ahead.near(bytes, from, in.end());
    boolean marked = in.isOpenAt(marker);
    if (marked) {
      behind = in.unicodeEscaped() ? behind : ahead.take(bytes, marker, in.end());
      if (behind != RecordsAhead.NOT_TAKEN) {
        in.passEscaped(behind);
      }
      in.restOfString();
    }
    if (in.fault() != NONE) {
      return false;
    }
    int to = in.at() - 1;
    if (in.escaped()) {
      events.escapedMessage(from, to, in.unicodeEscaped());
    } else {
      events.plainMessage(from, to);
    }
    if (behind != RecordsAhead.NOT_TAKEN) {
      int left = in.unicodeEscaped() ? behind : ahead.searchBehind(bytes, behind, to);
      events.takenAhead(before, 1, left);
    } else if (!marked && !in.unicodeEscaped()) {
      events.takenAhead(before, 0, ahead.searchFrom(bytes, from, to));
    }
    return true;
  }
}
