package io.meterline.benchmarks.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.benchmarks.extraction.EventShape.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Makes Lambda Kinesis events of CloudWatch payloads, and the log lines they hold. The same shape
 * gives the same bytes.
 */
public final class SampleEvent {
  private static final String[] ENDPOINTS = {
    "/v1/orders", "/v1/users", "/v1/search", "/v1/items/detail"
  };
  private static final String[] METHODS = {"GET", "POST", "PUT"};
  private static final BigInteger FIRST_ID = new BigInteger("36802" + "0".repeat(51));
  private static final BigInteger FIRST_SEQUENCE_NUMBER =
      new BigInteger("49590338271490256608559692538361571095921575989136588898");

  private final EventShape shape;
  private final String[] customers = new String[200];
  private int state = 20220913;
  private long clock = 1_663_094_105_062L;
  private long events;

  public SampleEvent(EventShape shape) {
    this.shape = shape;
    for (int i = 0; i < customers.length; i++) {
      customers[i] = uuid();
    }
  }

  static byte[] of(EventShape shape) {
    return new SampleEvent(shape).event();
  }

  private byte[] event() {
    List<String> records = new ArrayList<>();
    for (int k = 0; k < shape.payloads(); k++) {
      String data = Base64.getEncoder().encodeToString(gzip(payload().getBytes(UTF_8)));
      records.add(
          """
          {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"%s","sequenceNumber":"%s","data":"%s","approximateArrivalTimestamp":%d.%03d},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:%d","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/agent","awsRegion":"us-west-2","eventSourceARN":"arn:aws:kinesis:us-west-2:123456789012:stream/meters"}"""
              .formatted(
                  hex(32),
                  FIRST_SEQUENCE_NUMBER.add(BigInteger.valueOf(k)),
                  data,
                  clock / 1000,
                  clock % 1000,
                  k));
    }
    return ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(UTF_8);
  }

  private String payload() {
    StringBuilder payload = new StringBuilder();
    payload.append("{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",");
    payload.append("\"logGroup\":\"/aws/lambda/api\",\"logStream\":\"2022/09/13/[$LATEST]");
    payload.append(hex(32)).append("\",\"subscriptionFilters\":[\"meters\"],\"logEvents\":[");
    for (int i = 0; i < shape.events(); i++) {
      clock += random(20);
      events += 17;
      payload.append(i == 0 ? "" : ",").append("{\"id\":\"");
      payload.append(FIRST_ID.add(BigInteger.valueOf(events))).append("\",\"timestamp\":");
      payload.append(clock).append(",\"message\":\"").append(escaped(line())).append("\"}");
    }
    return payload.append("]}").toString();
  }

  /** A line as it is logged, its end included. */
  public String line() {
    String time = Instant.ofEpochMilli(clock).toString();
    String request = uuid();
    if (random(100) < shape.chatter()) {
      String said =
          "handled %s %s in %d ms".formatted(METHODS[random(2)], pick(ENDPOINTS), random(90));
      return wrapped(time, request, said);
    }
    return wrapped(time, request, "meter_record_for_stream " + record());
  }

  private String wrapped(String time, String request, String said) {
    return shape.line() == Line.JSON
        ? "{\"timestamp\":\"%s\",\"level\":\"INFO\",\"requestId\":\"%s\",\"message\":\"%s\"}\n"
            .formatted(time, request, escaped(said))
        : "%s\t%s\tINFO\t%s\n".formatted(time, request, said);
  }

  private String record() {
    StringBuilder record = new StringBuilder();
    record.append("{\"meterApiName\":\"api-calls\",\"customerId\":\"").append(pick(customers));
    record.append('"');
    if (shape.line() != Line.INCOMPLETE) {
      record.append(",\"meterTimeInMillis\":").append(clock);
    }
    record.append(",\"meterValue\":1");
    if (shape.line() != Line.INCOMPLETE) {
      record.append(",\"uniqueId\":\"").append(uuid()).append('"');
    }
    record.append(",\"dimensions\":{\"method\":\"").append(pick(METHODS));
    return record.append("\",\"endpoint\":\"").append(pick(ENDPOINTS)).append("\"}}").toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\t", "\\t")
        .replace("\n", "\\n");
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    return out.toByteArray();
  }

  private String uuid() {
    return "%s-%s-%s-%s-%s".formatted(hex(8), hex(4), hex(4), hex(4), hex(12));
  }

  private String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      hex.append(Character.forDigit(random(16), 16));
    }
    return hex.toString();
  }

  private String pick(String[] list) {
    return list[random(list.length)];
  }

  /** A number below {@code bound}, by xorshift: small, and the same each time. */
  private int random(int bound) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (int) (((state & 0xFFFF_FFFFL) * bound) >>> 32);
  }
}
