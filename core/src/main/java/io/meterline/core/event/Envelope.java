package io.meterline.core.event;

import static io.meterline.core.json.JsonCursor.Fault.NONE;

import io.meterline.core.json.Escapes;
import io.meterline.core.json.Escapes.Stop;
import io.meterline.core.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
  private int sequenceNumberFrom;
  private int sequenceNumberTo;
  private int eventIdFrom;
  private int eventIdTo;
  private int streamArnFrom;
  private int streamArnTo;
  private double arrivalSeconds;

  /** Reads the value at which the cursor is, once; false at a fault; the cursor has the reason. */
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
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      if (!member(in, depth)) {
        return false;
      }
    }
    return in.fault() == NONE;
  }

  private boolean member(JsonCursor in, int depth) {
    String name = in.name();
    int first = in.peek();
    int valueFrom = in.at();
    if (depth == MAX_DEPTH && name.equals("kinesis")) {
      return members(in, depth - 1);
    }
    if (!in.value(depth - 1)) {
      return false;
    }
    if (first == '"') {
      keep(in, name, valueFrom + 1);
    } else if (name.equals("approximateArrivalTimestamp")) {
      arrivalSeconds = seconds(text(valueFrom, in.at()));
    }
    return true;
  }

  private void keep(JsonCursor in, String name, int valueFrom) {
    int valueTo = in.at() - 1;
    switch (name) {
      case "data" -> {
        dataFrom = valueFrom;
        dataTo = valueTo;
        dataEscaped = in.escaped();
      }
      case "sequenceNumber" -> {
        sequenceNumberFrom = valueFrom;
        sequenceNumberTo = valueTo;
      }
      case "eventID" -> {
        eventIdFrom = valueFrom;
        eventIdTo = valueTo;
      }
      case "eventSourceARN" -> {
        streamArnFrom = valueFrom;
        streamArnTo = valueTo;
      }
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

  /** Decodes the payload; false where its base64 is broken. */
  boolean decode(Base64Text into) {
    if (dataEscaped) {
      byte[] text = dataText();
      return into.decode(text, 0, text.length);
    }
    return into.decode(bytes, dataFrom, dataTo);
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

  /** How many bytes of the event it takes. */
  public int length() {
    return to - from;
  }

  /** The element's whole text. */
  public byte[] elementText() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The Kinesis record's sequence number; empty for a direct event. */
  public String sequenceNumber() {
    return text(sequenceNumberFrom, sequenceNumberTo);
  }

  /** The shard that the Kinesis record came by; empty where the event does not say. */
  public String shardId() {
    String eventId = text(eventIdFrom, eventIdTo);
    int colon = eventId.indexOf(':');
    return colon < 0 ? "" : eventId.substring(0, colon);
  }

  /** The stream's ARN; empty where the event does not say. */
  public String streamArn() {
    return text(streamArnFrom, streamArnTo);
  }

  /** When the record reached the stream, in epoch milliseconds; 0 where the event does not say. */
  public long arrivalMillis() {
    return Math.round(arrivalSeconds * 1000);
  }
}
