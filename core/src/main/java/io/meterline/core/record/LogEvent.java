package io.meterline.core.record;

import io.meterline.core.Origin;
import io.meterline.core.json.Digits;
import io.meterline.core.json.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A log event as a view of the bytes it was read from. One instance serves a whole payload: what it
 * shows holds until it is pointed at the next event.
 */
public final class LogEvent {
  private static final long WRITTEN = -1;

  private Origin origin = Origin.UNKNOWN;
  private byte[] bytes = {};
  private int messageFrom;
  private int messageTo;
  private boolean escaped;
  private boolean unicodeEscaped;
  private byte[] id = {};
  private int idFrom;
  private int idTo;

  /** What is still to be written after the id's prefix; {@link #WRITTEN} where nothing is. */
  private long idNumber = WRITTEN;

  private boolean timed;
  private long timestamp;
  private @Nullable LocalTimes localTimes;
  private byte @Nullable [] message;

  /** Points at an event of {@code origin} with neither id nor time. */
  public LogEvent from(Origin eventOrigin) {
    origin = eventOrigin;
    idFrom = 0;
    idTo = 0;
    idNumber = WRITTEN;
    timed = false;
    return this;
  }

  /** The message as it was logged. */
  public LogEvent plainMessage(byte[] source, int from, int to) {
    bytes = source;
    messageFrom = from;
    messageTo = to;
    escaped = false;
    unicodeEscaped = false;
    message = null;
    return this;
  }

  /** The message as it is between the quotes of a JSON string. */
  public LogEvent escapedMessage(byte[] source, int from, int to, boolean hasUnicodeEscapes) {
    plainMessage(source, from, to);
    escaped = true;
    unicodeEscaped = hasUnicodeEscapes;
    return this;
  }

  /** The event's id: of use as it is, digits or path and offset. */
  public LogEvent id(byte[] source, int from, int to) {
    id = source;
    idFrom = from;
    idTo = to;
    idNumber = WRITTEN;
    return this;
  }

  /**
   * The event's id is the first {@code length} bytes of {@code prefix}, and after them a number
   * that is no less than 0. It is not written before it is asked for: few records need it. Room for
   * it is there.
   */
  public LogEvent numberedId(byte[] prefix, int length, long number) {
    id = prefix;
    idFrom = 0;
    idTo = length;
    idNumber = number;
    return this;
  }

  private void writeId() {
    if (idNumber != WRITTEN) {
      idTo = Digits.write(idNumber, id, idTo);
      idNumber = WRITTEN;
    }
  }

  /** The event's time in epoch milliseconds. */
  public LogEvent timestamp(long epochMillis) {
    timed = true;
    timestamp = epochMillis;
    localTimes = null;
    return this;
  }

  /** The event's time, which was written without a zone. */
  public LogEvent localTimestamp(long epochMillis, LocalTimes readBy) {
    timestamp(epochMillis);
    localTimes = readBy;
    return this;
  }

  /** Where the event comes from. */
  public Origin origin() {
    return origin;
  }

  /** The bytes that the message is shown of. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the message starts in them. */
  public int messageFrom() {
    return messageFrom;
  }

  /** Where the message ends in the bytes that it is shown of. */
  public int messageTo() {
    return messageTo;
  }

  /** Whether the message is written as between the quotes of a JSON string. */
  public boolean isEscaped() {
    return escaped;
  }

  public boolean hasUnicodeEscapes() {
    return unicodeEscaped;
  }

  boolean hasId() {
    return idTo > idFrom;
  }

  byte[] idBytes() {
    writeId();
    return id;
  }

  int idFrom() {
    return idFrom;
  }

  int idTo() {
    writeId();
    return idTo;
  }

  /** The event's id, empty where it has none. */
  public String id() {
    writeId();
    return new String(id, idFrom, idTo - idFrom, StandardCharsets.UTF_8);
  }

  /** Whether the event has a time. */
  public boolean isTimed() {
    return timed;
  }

  /** The event's time in epoch milliseconds; of no use where it has none. */
  public long timestamp() {
    return timestamp;
  }

  /** The event's time, for a record that gets it. */
  public long timeOfRecord() {
    if (localTimes != null) {
      localTimes.use();
    }
    return timestamp;
  }

  /** The whole message as it was logged: one array, however many of its records are refused. */
  public byte[] message() {
    if (message == null) {
      message = escaped ? unescaped() : Arrays.copyOfRange(bytes, messageFrom, messageTo);
    }
    return message;
  }

  private byte[] unescaped() {
    byte[] text = new byte[messageTo - messageFrom + Escapes.SLACK];
    Escapes escapes = new Escapes();
    escapes.decode(bytes, messageFrom, messageTo, text);
    return Arrays.copyOf(text, escapes.written());
  }
}
