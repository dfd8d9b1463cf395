package io.meterline.local;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The event that a function gets from a Kinesis event source mapping. Shape: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Kinesis with Lambda</a>.
 */
final class KinesisEvent {
  /** More than all of a record in the event but its data and its partition key. */
  private static final int RECORD_BYTES = 700;

  private static final int BYTES_OF_ESCAPE = 6;

  private KinesisEvent() {}

  static byte[] of(List<StreamRecord> records, String streamArn, String function) {
    return new Json()
        .raw(
            "Records",
            records.stream()
                .map(record -> record(record, streamArn, function).toString())
                .collect(Collectors.joining(",", "[", "]")))
        .bytes();
  }

  /** At most how many bytes of an event a record takes. */
  static int bytesAtMost(StreamRecord record) {
    return RECORD_BYTES
        + (record.data().length + 2) / 3 * 4
        + record.partitionKey().length() * BYTES_OF_ESCAPE;
  }

  private static Json record(StreamRecord record, String streamArn, String function) {
    return new Json()
        .member(
            "kinesis",
            new Json()
                .member("kinesisSchemaVersion", "1.0")
                .member("partitionKey", record.partitionKey())
                .member("sequenceNumber", record.sequence().toString())
                .member("data", Base64.getEncoder().encodeToString(record.data()))
                .raw("approximateArrivalTimestamp", seconds(record.arrival())))
        .member("eventSource", "aws:kinesis")
        .member("eventVersion", "1.0")
        .member("eventID", record.shardId() + ":" + record.sequence())
        .member("eventName", "aws:kinesis:record")
        .member("invokeIdentityArn", Arns.role(function))
        .member("awsRegion", Arns.REGION)
        .member("eventSourceARN", streamArn);
  }

  private static String seconds(Instant instant) {
    long millis = instant.toEpochMilli();
    return "%d.%03d".formatted(Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000));
  }
}
