package io.meterline.payload;

import static io.meterline.json.JsonCursor.Fault.NONE;

import io.meterline.Origin;
import io.meterline.extract.RecordsAhead;
import io.meterline.json.JsonCursor;
import io.meterline.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * One JSON document of a payload: where its log events stand. It is read whole before any event is
 * used, since the owner may stand behind the events and a fault behind both.
 *
 * <p>Shape: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">
 * subscription filters</a>.
 */
final class PayloadDocument implements Stretch {
  private static final int MAX_DEPTH = 64;

  private final RecordsAhead ahead;
  private final UsualEvent usual;
  private final EventTable events = new EventTable();
  private byte[] bytes = {};
  private boolean hasEvents;
  private String messageType = "";
  private String owner = "";
  private String logGroup = "";
  private String logStream = "";

  PayloadDocument(RecordsAhead ahead) {
    this.ahead = ahead;
    this.usual = new UsualEvent(ahead);
  }

  /** Reads the object at which the cursor stands; false at a fault, which the cursor tells. */
  boolean read(JsonCursor in) {
    bytes = in.bytes();
    events.clear(bytes);
    ahead.clear();
    hasEvents = false;
    messageType = "";
    owner = "";
    logGroup = "";
    logStream = "";
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
      keep(text(nameFrom, nameTo, nameEscaped), from, in);
    }
    return true;
  }

  private void keep(String name, int from, JsonCursor in) {
    switch (name) {
      case "messageType" -> messageType = text(from, in.at(), in.escaped());
      case "owner" -> owner = text(from, in.at(), in.escaped());
      case "logGroup" -> logGroup = text(from, in.at(), in.escaped());
      case "logStream" -> logStream = text(from, in.at(), in.escaped());
      default -> {}
    }
  }

  /** The text of the string whose quotes are the first and last byte of the stretch. */
  private String text(int from, int to, boolean escaped) {
    return escaped
        ? new String(JsonText.unescaped(bytes, from + 1, to - 1), StandardCharsets.UTF_8)
        : new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
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
    if (!usual.read(in, events)) {
      if (in.fault() != NONE) {
        return false;
      }
      in.pass();
      if (in.peek() == '}') {
        in.pass();
        return true;
      }
      if (!eventMember(in)) {
        return false;
      }
    }
    while (in.more('}')) {
      if (!eventMember(in)) {
        return false;
      }
    }
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
    return escaped ? name.equals(text(from, to, true)) : in.isText(name, from + 1, to - 1);
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
    return messageType.equals("CONTROL_MESSAGE");
  }

  boolean hasEvents() {
    return hasEvents;
  }

  EventTable events() {
    return events;
  }

  @Override
  public Origin origin() {
    return new Origin(owner, logGroup, logStream);
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
