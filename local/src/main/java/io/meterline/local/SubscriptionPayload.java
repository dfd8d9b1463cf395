package io.meterline.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Payloads as CloudWatch Logs writes them to a subscriber: gzip over one JSON object. */
final class SubscriptionPayload {
  private static final String HEALTH_CHECK =
      "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.";

  private SubscriptionPayload() {}

  static byte[] data(
      String owner, String logGroup, String logStream, String filter, List<StoredLogEvent> events) {
    return write("DATA_MESSAGE", owner, logGroup, logStream, List.of(filter), events);
  }

  static byte[] control(long timestamp) {
    return write(
        "CONTROL_MESSAGE",
        "CloudwatchLogs",
        "",
        "",
        List.of(),
        List.of(new StoredLogEvent("", "", timestamp, HEALTH_CHECK)));
  }

  private static byte[] write(
      String type,
      String owner,
      String logGroup,
      String logStream,
      List<String> filters,
      List<StoredLogEvent> events) {
    return gzip(
        new Json()
            .member("messageType", type)
            .member("owner", owner)
            .member("logGroup", logGroup)
            .member("logStream", logStream)
            .member("subscriptionFilters", filters)
            .raw(
                "logEvents",
                events.stream()
                    .map(SubscriptionPayload::event)
                    .collect(Collectors.joining(",", "[", "]")))
            .bytes());
  }

  private static String event(StoredLogEvent event) {
    return new Json()
        .member("id", event.id())
        .member("timestamp", event.timestamp())
        .member("message", event.message())
        .toString();
  }

  private static byte[] gzip(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }
}
