package io.meterline.core.event;

import static io.meterline.core.find.SpeculativeExtractor.NOT_TAKEN;
import static io.meterline.core.find.SpeculativeExtractor.NO_MARKER;
import static io.meterline.core.json.JsonCursor.Fault.NONE;

import io.meterline.core.find.SpeculativeExtractor;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.Literal;
import java.nio.charset.StandardCharsets;

/**
 * Reads a log event as CloudWatch Logs writes it: id, timestamp and message, in this order and
 * without white space. Its records are taken out as they are passed, where they can be.
 */
final class UsualEvent {
  private static final Literal ID = glue("{\"id\":\"");
  private static final Literal TIMESTAMP = glue("\",\"timestamp\":");
  private static final Literal MESSAGE = glue(",\"message\":\"");

  /** Where one event ends and another starts; of that it has {@link #ID}. */
  private static final Literal NEXT = glue("},{\"id\":\"");

  private final SpeculativeExtractor ahead;

  UsualEvent(SpeculativeExtractor ahead) {
    this.ahead = ahead;
  }

  private static Literal glue(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new Literal(bytes, bytes.length);
  }

  /**
   * Reads up to the end of the message of the event at which the cursor stands, which was added to
   * the table, and goes on with the next one where that is another such event. False where the last
   * event that was added is no such event, and the cursor stands at its start, or at a fault.
   */
  boolean read(JsonCursor in, EventTable events) {
    int start = in.at();
    if (!in.take(ID)) {
      return false;
    }
    while (head(in, events)) {
      if (!message(in, events)) {
        return false;
      }
      start = in.at() + 2;
      if (!in.take(NEXT)) {
        return true;
      }
      events.add();
    }
    in.moveTo(start);
    return false;
  }

  /** Reads from the id's digits to the message's quote; false where something else stands there. */
  private boolean head(JsonCursor in, EventTable events) {
    int idFrom = in.at();
    in.digits();
    int idTo = in.at();
    if (!in.take(TIMESTAMP)) {
      return false;
    }
    int timeFrom = in.at();
    in.digits();
    int timeTo = in.at();
    boolean number = timeTo > timeFrom && in.bytes()[timeFrom] != '0';
    if (!number || !in.take(MESSAGE)) {
      return false;
    }
    events.id(idFrom, idTo, false);
    events.time(timeFrom, timeTo);
    ahead.of(idFrom, idTo, timeFrom, timeTo);
    return true;
  }

  /** Reads the message, and takes the first record out of it if it is written as others were. */
  private boolean message(JsonCursor in, EventTable events) {
    byte[] bytes = in.bytes();
    int from = in.at();
    int before = ahead.count();
    int marker = ahead.near(bytes, from, in.end());
    int start = marker == NO_MARKER ? NO_MARKER : ahead.record(bytes, marker, in.end());
    int behind = NOT_TAKEN;
    in.startText();
    if (in.isOpenAt(start)) {
      behind = in.unicodeEscaped() ? NOT_TAKEN : ahead.take(bytes, start, in.end());
      if (behind != NOT_TAKEN) {
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
    if (behind != NOT_TAKEN) {
      int left = in.unicodeEscaped() ? behind : ahead.searchBehind(bytes, behind, to);
      events.takenAhead(before, 1, left);
    } else if (marker >= to && !in.unicodeEscaped()) {
      searchOn(bytes, from, to, events);
    }
    return true;
  }

  /** Looks for a marker where none was looked for before, and takes its record. */
  private void searchOn(byte[] bytes, int from, int to, EventTable events) {
    int before = ahead.count();
    int left = ahead.searchFrom(bytes, from, to);
    if (left > from && left < to) {
      int start = ahead.record(bytes, left, to);
      int behind = start == NO_MARKER ? NOT_TAKEN : ahead.take(bytes, start, to);
      left = behind == NOT_TAKEN ? left : ahead.searchBehind(bytes, behind, to);
    }
    events.takenAhead(before, ahead.count() - before, left);
  }
}
