package io.meterline.source;

import static io.meterline.json.JsonCursor.Fault.NONE;

import io.meterline.json.Escapes;
import io.meterline.json.Escapes.Stop;
import io.meterline.json.JsonCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What a Lambda event says of one payload: an element of a Kinesis event's {@code Records}, or the
 * {@code awslogs} object of a direct event.
 *
 * <p>Shapes: <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Kinesis</a>,
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html">CloudWatch
 * Logs</a>.
 */
public final class Envelope {
  private static final int MAX_DEPTH = 64;

  private byte[] bytes = {};
  private int from;
  private int to;
  private int dataFrom = -1;
  private int dataTo;
  private boolean dataEscaped;
  private String sequenceNumber = "";
  private String eventId = "";
  private String streamArn = "";
  private double arrivalSeconds;

  /** Reads the value at which the cursor stands, once; false at a fault, which the cursor tells. */
  boolean read(JsonCursor in) {
    bytes = in.bytes();
    in.peek();
    from = in.at();
    boolean read = members(in, MAX_DEPTH);
    to = in.at();
    return read;
  }

  private boolean members(JsonCursor in, int depth) {
    if (in.peek() != '{') {
      return in.value(depth);
    }
    in.pass();
    if (in.peek() == '}') {
      in.pass();
      return true;
    }
    do {
      if (!member(in, depth)) {
        return false;
      }
    } while (in.more('}'));
    return in.fault() == NONE;
  }

  private boolean member(JsonCursor in, int depth) {
    in.peek();
    int nameFrom = in.at() + 1;
    if (!in.name()) {
      return false;
    }
    String name = text(nameFrom, in.at() - 1);
    if (!in.take(':', "a colon is expected")) {
      return false;
    }
    int first = in.peek();
    int valueFrom = in.at();
    if (name.equals("kinesis") && depth == MAX_DEPTH) {
      return members(in, depth - 1);
    }
    if (!in.value(depth - 1)) {
      return false;
    }
    if (first == '"') {
      keep(name, valueFrom + 1, in.at() - 1, in.escaped());
    } else if (name.equals("approximateArrivalTimestamp")) {
      arrivalSeconds = seconds(text(valueFrom, in.at()));
    }
    return true;
  }

  private void keep(String name, int valueFrom, int valueTo, boolean escaped) {
    switch (name) {
      case "data" -> {
        dataFrom = valueFrom;
        dataTo = valueTo;
        dataEscaped = escaped;
      }
      case "sequenceNumber" -> sequenceNumber = text(valueFrom, valueTo);
      case "eventID" -> eventId = text(valueFrom, valueTo);
      case "eventSourceARN" -> streamArn = text(valueFrom, valueTo);
      default -> {}
    }
  }

  private static double seconds(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** Whether it says where its payload's data is. */
  public boolean hasData() {
    return dataFrom >= 0;
  }

  /** The payload; empty where its base64 is broken. */
  public Optional<byte[]> payload() {
    ByteBuffer base64 =
        dataEscaped
            ? ByteBuffer.wrap(dataText())
            : ByteBuffer.wrap(bytes, dataFrom, dataTo - dataFrom);
    try {
      ByteBuffer decoded = Base64.getDecoder().decode(base64);
      byte[] payload = new byte[decoded.remaining()];
      decoded.get(payload);
      return Optional.of(payload);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The base64 text of the payload as it was sent. */
  public byte[] dataText() {
    if (!dataEscaped) {
      return Arrays.copyOfRange(bytes, dataFrom, dataTo);
    }
    // Some writers of JSON escape the plus and the slash of base64.
    byte[] text = new byte[dataTo - dataFrom + Escapes.SLACK];
    Escapes escapes = new Escapes();
    if (escapes.decode(bytes, dataFrom, dataTo, text) != Stop.SOURCE_END) {
      return Arrays.copyOfRange(bytes, dataFrom, dataTo);
    }
    return Arrays.copyOf(text, escapes.written());
  }

  /** The element's whole text. */
  public byte[] elementText() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The Kinesis record's sequence number; empty for a direct event. */
  public String sequenceNumber() {
    return sequenceNumber;
  }

  /** The shard that the Kinesis record came by; empty where the event does not say. */
  public String shardId() {
    int colon = eventId.indexOf(':');
    return colon < 0 ? "" : eventId.substring(0, colon);
  }

  /** The stream's ARN; empty where the event does not say. */
  public String streamArn() {
    return streamArn;
  }

  /** When the record reached the stream, in epoch milliseconds; 0 where the event does not say. */
  public long arrivalMillis() {
    return Math.round(arrivalSeconds * 1000);
  }
}
