package io.meterline.core.event;

import static io.meterline.core.json.JsonCursor.Fault.NONE;

import io.meterline.core.Origin;
import io.meterline.core.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * One JSON document of a payload: where its log events are. It is read whole before any event is
 * used, since the owner may follow the events and a fault after both.
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

  /** Reads the object at which the cursor is; false at a fault; the cursor has the reason. */
  boolean read(JsonCursor in) {
    bytes = in.bytes();
    events.clear(bytes);
    hasEvents = false;
    for (StringMember string : strings) {
      string.clear();
    }
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      if (!member(in)) {
        return false;
      }
    }
    return in.fault() == NONE;
  }

  private boolean member(JsonCursor in) {
    int first = in.peek();
    int from = in.at();
    if (first == '[' && in.isNamed("logEvents")) {
      return events(in);
    }
    StringMember string = first == '"' ? string(in) : null;
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (string != null) {
      string.at(bytes, from, in.at(), in.escaped());
    }
    return true;
  }

  private @Nullable StringMember string(JsonCursor in) {
    for (StringMember string : strings) {
      if (in.isNamed(string.name())) {
        return string;
      }
    }
    return null;
  }

  private boolean events(JsonCursor in) {
    hasEvents = true;
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      events.add();
      if (!event(in)) {
        return false;
      }
    }
    return in.fault() == NONE;
  }

  private boolean event(JsonCursor in) {
    if (in.peek() != '{') {
      // Not what AWS sends, but a line all the same: it is searched as it is.
      return message(in);
    }
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      if (!eventMember(in)) {
        return false;
      }
    }
    return in.fault() == NONE;
  }

  private boolean eventMember(JsonCursor in) {
    int first = in.peek();
    int from = in.at();
    if (in.isNamed("message")) {
      return message(in);
    }
    boolean isId = in.isNamed("id");
    boolean isTime = in.isNamed("timestamp");
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (isId) {
      int quote = first == '"' ? 1 : 0;
      int to = first == 'n' ? from : in.at() - quote;
      events.id(from + quote, to, first == '"' && in.escaped());
    } else if (isTime) {
      events.time(from, in.at());
    }
    return true;
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
