package io.meterline.core.event;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonCursor.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads Lambda events envelope by envelope: those of a Kinesis event, or the one of a direct event.
 * Several events may be one after the other.
 */
public final class EventReader {
  private static final int MAX_DEPTH = 64;

  /** Where in an event the reader is. */
  private enum Place {
    BEFORE_EVENT,
    BEFORE_MEMBER,
    BEFORE_ELEMENT
  }

  private final Window window;
  private final JsonCursor cursor = JsonCursor.structural();
  private Envelope envelope = new Envelope();
  private Place place = Place.BEFORE_EVENT;
  private boolean first;
  private boolean foundEnvelopes;
  private boolean given;
  private boolean over;
  private int index;

  public EventReader(Window window) {
    this.window = window;
  }

  /**
   * All envelopes of one event.
   *
   * @throws IOException where it is no such event, naming the byte
   */
  public static List<Envelope> envelopes(byte[] event) throws IOException {
    EventReader reader = new EventReader(new Window(event));
    List<Envelope> envelopes = new ArrayList<>();
    while (reader.next()) {
      envelopes.add(reader.envelope());
    }
    return envelopes;
  }

  /**
   * Moves to the next envelope; false at the end of the input.
   *
   * @throws IOException where the input is no such event, naming the byte
   */
  public boolean next() throws IOException {
    window.compact();
    given = false;
    while (!given && !over) {
      switch (place) {
        case BEFORE_EVENT -> step(this::startEvent);
        case BEFORE_MEMBER -> step(this::member);
        case BEFORE_ELEMENT -> step(this::element);
      }
    }
    return given;
  }

  /** The envelope that was moved to; what it shows holds as long as the window does. */
  public Envelope envelope() {
    return envelope;
  }

  /** How many bytes of the input were read. */
  public long offset() {
    return window.offset(window.from());
  }

  private void step(Predicate<JsonCursor> read) throws IOException {
    while (true) {
      Place before = place;
      boolean firstBefore = first;
      cursor.reset(window.bytes(), window.from(), window.to());
      if (read.test(cursor)) {
        window.advance(cursor.at());
        return;
      }
      place = before;
      first = firstBefore;
      given = false;
      if (cursor.fault() == Fault.TRUNCATED && (window.more() || window.reclaim())) {
        continue;
      }
      if (place == Place.BEFORE_EVENT && cursor.at() == window.to()) {
        over = true;
        return;
      }
      throw broken();
    }
  }

  private boolean startEvent(JsonCursor in) {
    if (!in.take('{', "an event in JSON is expected")) {
      return false;
    }
    place = Place.BEFORE_MEMBER;
    first = true;
    foundEnvelopes = false;
    return true;
  }

  private boolean member(JsonCursor in) {
    if ((first && in.peek() == '}') || (!first && !in.more('}'))) {
      if (first) {
        in.pass();
      }
      place = Place.BEFORE_EVENT;
      return in.fault() == Fault.NONE && foundEnvelopes;
    }
    first = false;
    if (!in.member()) {
      return false;
    }
    int next = in.peek();
    if (next == '[' && in.isNamed("Records")) {
      in.pass();
      place = Place.BEFORE_ELEMENT;
      first = true;
      index = 0;
      foundEnvelopes = true;
      return true;
    }
    if (next == '{' && in.isNamed("awslogs")) {
      foundEnvelopes = true;
      given = true;
      envelope = new Envelope();
      return envelope.read(in);
    }
    return in.value(MAX_DEPTH);
  }

  private boolean element(JsonCursor in) {
    if ((first && in.peek() == ']') || (!first && !in.more(']'))) {
      if (first) {
        in.pass();
      }
      place = Place.BEFORE_MEMBER;
      first = false;
      return in.fault() == Fault.NONE;
    }
    first = false;
    given = true;
    envelope = new Envelope();
    if (!envelope.read(in)) {
      return false;
    }
    index++;
    return true;
  }

  private IOException broken() {
    long at = window.offset(cursor.at());
    if (window.isFull() && !window.hasEnded()) {
      return new IOException(
          "byte %d: one payload is longer than the limit of %d bytes"
              .formatted(at, window.maxBytes()));
    }
    if (cursor.fault() == Fault.NONE) {
      return new IOException(
          "byte %d: a JSON object, but neither a Kinesis event (Records) nor a direct event (awslogs)"
              .formatted(at));
    }
    String where = place == Place.BEFORE_ELEMENT ? " in Records[%d]".formatted(index) : "";
    return new IOException("byte %d: the event is broken%s: %s".formatted(at, where, cursor.why()));
  }
}
