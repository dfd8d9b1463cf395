package io.meterline.core.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Log material in all input forms, with records that tell which they are. */
public final class Samples {
  public static final String STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/usage";

  private Samples() {}

  /** A record with nothing to complete. */
  public static String record(int number) {
    return "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":%d,\"meterTimeInMillis\":5,\"uniqueId\":\"r%d\"}"
        .formatted(number, number);
  }

  /** The records with the numbers {@code [from, to)}. */
  public static List<String> records(int from, int to) {
    return IntStream.range(from, to).mapToObj(Samples::record).toList();
  }

  /** What a service logs when it counts. */
  public static String message(int number) {
    return "INFO meter_record_for_stream " + record(number);
  }

  /** The messages with the numbers {@code [from, to)}, a line each. */
  public static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> message(number) + "\n")
        .collect(Collectors.joining());
  }

  /** A payload of CloudWatch Logs with these messages. */
  public static byte[] payload(String... messages) {
    String events =
        IntStream.range(0, messages.length)
            .mapToObj(
                i ->
                    "{\"id\":\"%d\",\"timestamp\":%d,\"message\":%s}"
                        .formatted(i, 1_663_094_105_062L + i, quoted(messages[i])))
            .collect(Collectors.joining(","));
    return utf8(
        "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":["
            + events
            + "]}");
  }

  /** The text as a JSON string. */
  public static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"';
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A Kinesis event of Lambda; record {@code i} has the sequence number {@code i}. */
  public static byte[] kinesisEvent(byte[]... payloads) {
    String records =
        IntStream.range(0, payloads.length)
            .mapToObj(i -> kinesisRecord(i, base64(payloads[i])))
            .collect(Collectors.joining(","));
    return utf8("{\"Records\":[" + records + "]}");
  }

  public static String kinesisRecord(int sequenceNumber, String base64) {
    return """
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"p","sequenceNumber":"%d","data":"%s","approximateArrivalTimestamp":1663094105.062},"eventSource":"aws:kinesis","eventID":"shardId-000000000007:%d","awsRegion":"eu-west-1","eventSourceARN":"%s"}"""
        .formatted(sequenceNumber, base64, sequenceNumber, STREAM);
  }

  public static byte[] directEvent(byte[] payload) {
    return utf8("{\"awslogs\":{\"data\":\"" + base64(payload) + "\"}}");
  }

  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The byte arrays one after the other. */
  public static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
