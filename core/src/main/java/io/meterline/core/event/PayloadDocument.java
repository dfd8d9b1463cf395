package io.meterline.core.event;

import static io.meterline.core.json.JsonCursor.Fault.NONE;

import io.meterline.core.Origin;
import io.meterline.core.json.JsonCursor;

/**
 * One JSON document of a payload: where its log events stand. It is read whole before any event is
 * used, since the owner may stand behind the events and a fault behind both.
 *
 * <p>Shape: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">
 * subscription filters</a>.
 */
final class PayloadDocument implements EventRange {
  private static final int MAX_DEPTH = 64;

  private final EventTable events = new EventTable();
  private final StringMember messageType = new StringMember("messageType");
  private final StringMember owner = new StringMember("owner");
  private final StringMember logGroup = new StringMember("logGroup");
  private final StringMember logStream = new StringMember("logStream");
  private final StringMember[] strings = {messageType, owner, logGroup, logStream};
  private byte[] bytes = {};
  private boolean hasEvents;

  /** Reads the object at which the cursor stands; false at a fault, which the cursor tells. */
  boolean read(JsonCursor in) {
    bytes = in.bytes();
    events.clear(bytes);
    hasEvents = false;
    for (StringMember string : strings) {
      string.clear();
    }
    in.pass();
    if (in.peek() == '}') {
      in.pass();
      return true;
    }
    do {
      if (!member(in)) {
        return false;
      }
    } while (in.more('}'));
    return in.fault() == NONE;
  }

  private boolean member(JsonCursor in) {
    in.peek();
    int nameFrom = in.at();
    if (!in.name()) {
      return false;
    }
    int nameTo = in.at();
    boolean nameEscaped = in.escaped();
    if (!in.take(':', "a colon is expected")) {
      return false;
    }
    int first = in.peek();
    int from = in.at();
    if (first == '[' && isName(in, "logEvents", nameFrom, nameTo, nameEscaped)) {
      return events(in);
    }
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (first == '"') {
      boolean escaped = in.escaped();
      for (StringMember string : strings) {
        if (isName(in, string.name(), nameFrom, nameTo, nameEscaped)) {
          string.at(bytes, from, in.at(), escaped);
        }
      }
    }
    return true;
  }

  private boolean events(JsonCursor in) {
    hasEvents = true;
    in.pass();
    if (in.peek() == ']') {
      in.pass();
      return true;
    }
    do {
      events.add();
      if (!event(in)) {
        return false;
      }
    } while (in.more(']'));
    return in.fault() == NONE;
  }

  private boolean event(JsonCursor in) {
    if (in.peek() != '{') {
      // Not what AWS sends, but a line all the same: it is searched as it stands.
      return message(in);
    }
    in.pass();
    if (in.peek() == '}') {
      in.pass();
      return true;
    }
    do {
      if (!eventMember(in)) {
        return false;
      }
    } while (in.more('}'));
    return in.fault() == NONE;
  }

  private boolean eventMember(JsonCursor in) {
    in.peek();
    int nameFrom = in.at();
    if (!in.name()) {
      return false;
    }
    int nameTo = in.at();
    boolean nameEscaped = in.escaped();
    if (!in.take(':', "a colon is expected")) {
      return false;
    }
    int first = in.peek();
    int from = in.at();
    if (isName(in, "message", nameFrom, nameTo, nameEscaped)) {
      return message(in);
    }
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (isName(in, "id", nameFrom, nameTo, nameEscaped)) {
      int quote = first == '"' ? 1 : 0;
      int to = first == 'n' ? from : in.at() - quote;
      events.id(from + quote, to, first == '"' && in.escaped());
    } else if (isName(in, "timestamp", nameFrom, nameTo, nameEscaped)) {
      events.time(from, in.at());
    }
    return true;
  }

  /** Whether the string whose quotes are the first and last byte of the stretch is the name. */
  private boolean isName(JsonCursor in, String name, int from, int to, boolean escaped) {
    return escaped
        ? name.equals(StringMember.text(bytes, from + 1, to - 1, true))
        : in.isText(name, from + 1, to - 1);
  }

  private boolean message(JsonCursor in) {
    boolean string = in.peek() == '"';
    int from = in.at();
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (!string) {
      events.plainMessage(from, in.at());
    } else if (in.escaped()) {
      events.escapedMessage(from + 1, in.at() - 1, in.unicodeEscaped());
    } else {
      events.plainMessage(from + 1, in.at() - 1);
    }
    return true;
  }

  boolean isControlMessage() {
    return messageType.text().equals("CONTROL_MESSAGE");
  }

  boolean hasEvents() {
    return hasEvents;
  }

  EventTable events() {
    return events;
  }

  @Override
  public Origin origin() {
    return new Origin(owner.text(), logGroup.text(), logStream.text());
  }

  @Override
  public String firstId() {
    return events.id(0);
  }

  @Override
  public String lastId() {
    return events.id(events.size() - 1);
  }

  @Override
  public long newestTimestamp() {
    return events.newestTimestamp();
  }
}
