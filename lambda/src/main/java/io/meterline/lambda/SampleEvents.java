package io.meterline.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Events with one record each, for an agent to warm up with: they are delivered nowhere. */
final class SampleEvents {
  private SampleEvents() {}

  static byte[] kinesis(String marker) {
    return text(
        """
        {"Records":[{"kinesis":{"sequenceNumber":"1","approximateArrivalTimestamp":1.0,\
        "data":"%s"},"eventID":"shardId-000000000000:1","eventSourceARN":"sample"}]}""",
        marker);
  }

  static byte[] direct(String marker) {
    return text("{\"awslogs\":{\"data\":\"%s\"}}", marker);
  }

  private static byte[] text(String envelope, String marker) {
    byte[] payload = payload(marker).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    String data = Base64.getEncoder().encodeToString(gzip.toByteArray());
    return envelope.formatted(data).getBytes(StandardCharsets.UTF_8);
  }

  private static String payload(String marker) {
    return """
    {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/meterline/sample",\
    "logStream":"sample","subscriptionFilters":["sample"],"logEvents":[\
    {"id":"1","timestamp":1,"message":"%s {\\"meterApiName\\":\\"sample\\",\
    \\"customerId\\":\\"sample\\",\\"meterValue\\":1}"},\
    {"id":"2","timestamp":1,"message":"%s {\\"meterApiName\\":1}"}]}"""
        .formatted(marker, marker);
  }
}
