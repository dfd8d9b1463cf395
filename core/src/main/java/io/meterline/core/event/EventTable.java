package io.meterline.core.event;

import io.meterline.core.Origin;
import io.meterline.core.json.Digits;
import io.meterline.core.json.JsonText;
import io.meterline.core.record.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the log events of a document are: kept side by side in one array, reused. */
final class EventTable {
  /** How a message is in the document; 0 where an event has none. */
  private static final int PLAIN = 1;

  private static final int ESCAPED = 2;
  private static final int UNICODE_ESCAPED = 3;

  /** Added to the kind where the event's id holds escapes. */
  private static final int ESCAPED_ID = 4;

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
  private int slot;

  /** Starts over with the events of another document. */
  void clear(byte[] document) {
    bytes = document;
    slot = -SLOTS;
  }

  /** How many events there are. */
  int size() {
    return slot / SLOTS + 1;
  }

  /** Adds an event, about which the methods below tell more. */
  void add() {
    slot += SLOTS;
    if (slot == slots.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
    }
    Arrays.fill(slots, slot, slot + SLOTS, 0);
  }

  /** The event's message is the text there, as it is. */
  void plainMessage(int from, int to) {
    message(PLAIN, from, to);
  }

  /** The event's message is written as between the quotes of a JSON string. */
  void escapedMessage(int from, int to, boolean hasUnicodeEscapes) {
    message(hasUnicodeEscapes ? UNICODE_ESCAPED : ESCAPED, from, to);
  }

  private void message(int kind, int from, int to) {
    slots[slot + KIND] = (slots[slot + KIND] & ESCAPED_ID) | kind;
    slots[slot + MESSAGE_FROM] = from;
    slots[slot + MESSAGE_TO] = to;
  }

  /** The event's id is the text there, usually digits. */
  void id(int from, int to, boolean escaped) {
    slots[slot + ID_FROM] = from;
    slots[slot + ID_TO] = to;
    slots[slot + KIND] = (slots[slot + KIND] & ~ESCAPED_ID) | (escaped ? ESCAPED_ID : 0);
  }

  /** The event's time is the text there, if it is an integer. */
  void time(int from, int to) {
    slots[slot + TIME_FROM] = from;
    slots[slot + TIME_TO] = to;
  }

  /** The id of event {@code index}; empty where it has none, or there is no such event. */
  String id(int index) {
    if (index < 0 || index >= size()) {
      return "";
    }
    byte[] id = idBytes(index * SLOTS);
    return new String(id, StandardCharsets.UTF_8);
  }

  private byte[] idBytes(int of) {
    int from = slots[of + ID_FROM];
    int to = slots[of + ID_TO];
    return isIdEscaped(of)
        ? JsonText.unescaped(bytes, from, to)
        : Arrays.copyOfRange(bytes, from, to);
  }

  private boolean isIdEscaped(int of) {
    return (slots[of + KIND] & ESCAPED_ID) != 0;
  }

  /** The newest event's time in epoch milliseconds; {@link Long#MIN_VALUE} where none has one. */
  long newestTimestamp() {
    long newest = Long.MIN_VALUE;
    LogEvent event = new LogEvent();
    for (int i = 0; i <= slot; i += SLOTS) {
      event.from(Origin.UNKNOWN);
      time(i, event);
      newest = Math.max(newest, event.isTimed() ? event.timestamp() : Long.MIN_VALUE);
    }
    return newest;
  }

  /** Where the message of event {@code index} starts; 0 where it has none. */
  int messageFrom(int index) {
    return slots[index * SLOTS + MESSAGE_FROM];
  }

  int messageTo(int index) {
    return slots[index * SLOTS + MESSAGE_TO];
  }

  boolean hasUnicodeEscapes(int index) {
    return (slots[index * SLOTS + KIND] & ~ESCAPED_ID) == UNICODE_ESCAPED;
  }

  /** Points {@code event} at event {@code index}; false where that has no message. */
  boolean show(int index, Origin origin, LogEvent event) {
    int of = index * SLOTS;
    int from = slots[of + MESSAGE_FROM];
    int to = slots[of + MESSAGE_TO];
    switch (slots[of + KIND] & ~ESCAPED_ID) {
      case PLAIN -> event.plainMessage(bytes, from, to);
      case ESCAPED -> event.escapedMessage(bytes, from, to, false);
      case UNICODE_ESCAPED -> event.escapedMessage(bytes, from, to, true);
      default -> {
        return false;
      }
    }
    event.from(origin);
    if (isIdEscaped(of)) {
      byte[] id = idBytes(of);
      event.id(id, 0, id.length);
    } else {
      event.id(bytes, slots[of + ID_FROM], slots[of + ID_TO]);
    }
    time(of, event);
    return true;
  }

  private void time(int of, LogEvent event) {
    int from = slots[of + TIME_FROM];
    int to = slots[of + TIME_TO];
    if (isTime(from, to)) {
      event.timestamp(Digits.value(bytes, from, to));
    }
  }

  private boolean isTime(int from, int to) {
    return from < to && Digits.isShortInteger(bytes, from, to);
  }
}
