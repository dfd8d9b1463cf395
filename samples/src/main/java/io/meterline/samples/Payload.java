package io.meterline.samples;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What CloudWatch Logs sends to a subscription's destination, its members in the order in which AWS
 * writes them. Shape: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">
 * subscription filters</a>.
 */
public record Payload(
    String messageType, String owner, String logGroup, String logStream, List<LogEvent> logEvents) {
  public static final String OWNER = "123456789012";
  public static final String LOG_GROUP = "/aws/lambda/checkout";
  public static final String LOG_STREAM = "2026/07/01/[$LATEST]3f0c3f9e8a2d4b7c9d1e5f6a7b8c9d0e";
  public static final long FIRST_TIME = 1_782_896_400_000L;

  /** Event ids have 56 digits: these end with the event's index. */
  private static final String ID_START = "385331236112345678901234567890123456789012345678901";

  public Payload {
    requireNonNull(messageType, "messageType is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(logGroup, "logGroup is null");
    requireNonNull(logStream, "logStream is null");
    logEvents = List.copyOf(logEvents);
  }

  /** A data message with one log event for each message. */
  public static Payload of(String... messages) {
    return of(List.of(messages));
  }

  /** A data message with one log event for each message. */
  public static Payload of(List<String> messages) {
    List<LogEvent> events =
        IntStream.range(0, messages.size())
            .mapToObj(i -> new LogEvent(eventId(i), FIRST_TIME + i, messages.get(i)))
            .toList();
    return new Payload("DATA_MESSAGE", OWNER, LOG_GROUP, LOG_STREAM, events);
  }

  /** What AWS sends to see whether the destination is there. */
  public static Payload control() {
    String message = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.";
    return new Payload(
        "CONTROL_MESSAGE",
        "CloudwatchLogs",
        "",
        "",
        List.of(new LogEvent("", FIRST_TIME, message)));
  }

  /** The id of the event at {@code index}. */
  public static String eventId(int index) {
    return "%s%05d".formatted(ID_START, index);
  }

  public String json() {
    return "{\"messageType\":%s,\"owner\":%s,\"logGroup\":%s,\"logStream\":%s,\"subscriptionFilters\":[\"meterline\"],\"logEvents\":[%s]}"
        .formatted(
            JsonStrings.quoted(messageType),
            JsonStrings.quoted(owner),
            JsonStrings.quoted(logGroup),
            JsonStrings.quoted(logStream),
            logEvents.stream().map(LogEvent::json).collect(joining(",")));
  }

  public byte[] bytes() {
    return Bytes.utf8(json());
  }

  /** As it is in a Kinesis record: one gzip member. */
  public byte[] gzip() {
    return Gzip.member(bytes());
  }

  /** One line that an application logged. */
  public record LogEvent(String id, long timestamp, String message) {
    public LogEvent {
      requireNonNull(id, "id is null");
      requireNonNull(message, "message is null");
    }

    public String json() {
      return "{\"id\":%s,\"timestamp\":%d,\"message\":%s}"
          .formatted(JsonStrings.quoted(id), timestamp, JsonStrings.quoted(message));
    }
  }
}
