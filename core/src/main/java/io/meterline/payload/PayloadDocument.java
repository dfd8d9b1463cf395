package io.meterline.payload;

import static io.meterline.json.JsonCursor.Fault.NONE;

import io.meterline.Origin;
import io.meterline.extract.LogEvent;
import io.meterline.json.Escapes;
import io.meterline.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

  /** How a message stands in the document; 0 where an event has none. */
  private static final int PLAIN = 1;

  private static final int ESCAPED = 2;
  private static final int UNICODE_ESCAPED = 3;

  /** Added to the kind where the event's id holds escapes. */
  private static final int ESCAPED_ID = 4;

  /** What is kept of each event, side by side in one array. */
  private static final int KIND = 0;

  private static final int MESSAGE_FROM = 1;
  private static final int MESSAGE_TO = 2;
  private static final int ID_FROM = 3;
  private static final int ID_TO = 4;
  private static final int TIME_FROM = 5;
  private static final int TIME_TO = 6;
  private static final int SLOTS = 7;

  private byte[] bytes = {};
  private int[] slots = new int[128 * SLOTS];
  private int events;
  private boolean hasEvents;
  private String messageType = "";
  private String owner = "";
  private String logGroup = "";
  private String logStream = "";

  /** Reads the object at which the cursor stands; false at a fault, which the cursor tells. */
  boolean read(JsonCursor in) {
    bytes = in.bytes();
    events = 0;
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
    String name = text(nameFrom, nameTo, nameEscaped);
    if (name.equals("logEvents") && first == '[') {
      return events(in);
    }
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (first == '"') {
      keep(name, from, in);
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
    if (!escaped) {
      return new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }
    byte[] text = new byte[to - from + Escapes.SLACK];
    Escapes escapes = new Escapes();
    escapes.decode(bytes, from + 1, to - 1, text);
    return new String(text, 0, escapes.written(), StandardCharsets.UTF_8);
  }

  private boolean events(JsonCursor in) {
    hasEvents = true;
    in.pass();
    if (in.peek() == ']') {
      in.pass();
      return true;
    }
    do {
      if (!event(in)) {
        return false;
      }
      events++;
    } while (in.more(']'));
    return in.fault() == NONE;
  }

  private boolean event(JsonCursor in) {
    int slot = events * SLOTS;
    if (slot == slots.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
    }
    Arrays.fill(slots, slot, slot + SLOTS, 0);
    if (in.peek() != '{') {
      // Not what AWS sends, but a line all the same: it is searched as it stands.
      return message(in, slot);
    }
    in.pass();
    if (in.peek() == '}') {
      in.pass();
      return true;
    }
    do {
      if (!eventMember(in, slot)) {
        return false;
      }
    } while (in.more('}'));
    return in.fault() == NONE;
  }

  private boolean eventMember(JsonCursor in, int slot) {
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
    if (isName("message", nameFrom, nameTo, nameEscaped)) {
      return message(in, slot);
    }
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    if (isName("id", nameFrom, nameTo, nameEscaped)) {
      int quote = first == '"' ? 1 : 0;
      slots[slot + ID_FROM] = from + quote;
      slots[slot + ID_TO] = first == 'n' ? from : in.at() - quote;
      int idEscaped = first == '"' && in.escaped() ? ESCAPED_ID : 0;
      slots[slot + KIND] = (slots[slot + KIND] & ~ESCAPED_ID) | idEscaped;
    } else if (isName("timestamp", nameFrom, nameTo, nameEscaped)) {
      slots[slot + TIME_FROM] = from;
      slots[slot + TIME_TO] = in.at();
    }
    return true;
  }

  /** Whether the string whose quotes are the first and last byte of the stretch is the name. */
  private boolean isName(String name, int from, int to, boolean escaped) {
    if (escaped) {
      return name.equals(text(from, to, true));
    }
    if (to - from - 2 != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (bytes[from + 1 + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean message(JsonCursor in, int slot) {
    boolean string = in.peek() == '"';
    int from = in.at();
    if (!in.value(MAX_DEPTH)) {
      return false;
    }
    int quote = string ? 1 : 0;
    slots[slot + MESSAGE_FROM] = from + quote;
    slots[slot + MESSAGE_TO] = in.at() - quote;
    int kind = !string || !in.escaped() ? PLAIN : in.unicodeEscaped() ? UNICODE_ESCAPED : ESCAPED;
    slots[slot + KIND] = (slots[slot + KIND] & ESCAPED_ID) | kind;
    return true;
  }

  boolean isControlMessage() {
    return messageType.equals("CONTROL_MESSAGE");
  }

  boolean hasEvents() {
    return hasEvents;
  }

  int events() {
    return events;
  }

  @Override
  public Origin origin() {
    return new Origin(owner, logGroup, logStream);
  }

  @Override
  public String firstId() {
    return id(0);
  }

  @Override
  public String lastId() {
    return id(events - 1);
  }

  private String id(int index) {
    if (index < 0 || index >= events) {
      return "";
    }
    int slot = index * SLOTS;
    int from = slots[slot + ID_FROM];
    int to = slots[slot + ID_TO];
    return from == to ? "" : text(from - 1, to + 1, isIdEscaped(slot));
  }

  @Override
  public long newestTimestamp() {
    long newest = Long.MIN_VALUE;
    LogEvent event = new LogEvent();
    for (int i = 0; i < events; i++) {
      event.from(Origin.UNKNOWN);
      time(slots[i * SLOTS + TIME_FROM], slots[i * SLOTS + TIME_TO], event);
      newest = Math.max(newest, event.isTimed() ? event.timestamp() : Long.MIN_VALUE);
    }
    return newest;
  }

  /** Points {@code event} at the message of event {@code index}; false where it has none. */
  boolean show(int index, Origin origin, LogEvent event) {
    int slot = index * SLOTS;
    int from = slots[slot + MESSAGE_FROM];
    int to = slots[slot + MESSAGE_TO];
    switch (slots[slot + KIND] & ~ESCAPED_ID) {
      case PLAIN -> event.plainMessage(bytes, from, to);
      case ESCAPED -> event.escapedMessage(bytes, from, to, false);
      case UNICODE_ESCAPED -> event.escapedMessage(bytes, from, to, true);
      default -> {
        return false;
      }
    }
    event.from(origin);
    id(slot, event);
    time(slots[slot + TIME_FROM], slots[slot + TIME_TO], event);
    return true;
  }

  private void id(int slot, LogEvent event) {
    int from = slots[slot + ID_FROM];
    int to = slots[slot + ID_TO];
    if (isIdEscaped(slot)) {
      byte[] id = text(from - 1, to + 1, true).getBytes(StandardCharsets.UTF_8);
      event.id(id, 0, id.length);
    } else {
      event.id(bytes, from, to);
    }
  }

  private boolean isIdEscaped(int slot) {
    return (slots[slot + KIND] & ESCAPED_ID) != 0;
  }

  private void time(int from, int to, LogEvent event) {
    // Epoch milliseconds have 13 digits for the next two centuries; a long holds 18 of any kind.
    if (from == to || to - from > 18) {
      return;
    }
    boolean negative = bytes[from] == '-';
    long time = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return;
      }
      time = time * 10 + bytes[i] - '0';
    }
    event.timestamp(negative ? -time : time);
  }
}
