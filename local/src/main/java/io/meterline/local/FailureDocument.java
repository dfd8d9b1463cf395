package io.meterline.local;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Invocation records as Lambda writes them to a bucket. Shapes: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">stream</a>,
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">
 * asynchronous</a>.
 */
final class FailureDocument {
  private static final DateTimeFormatter FOLDER = utc("yyyy/MM/dd");
  private static final DateTimeFormatter FILE = utc("yyyy-MM-dd'T'HH.mm.ss");

  private FailureDocument() {}

  static FailedInvocation ofStream(
      World world,
      String mappingId,
      String function,
      String streamArn,
      List<StreamRecord> records,
      int invokeCount) {
    byte[] payload = KinesisEvent.of(records, streamArn, function);
    StreamRecord first = records.getFirst();
    StreamRecord last = records.getLast();
    byte[] document =
        new Json()
            .member(
                "requestContext", request(world, function, "RetryAttemptsExhausted", invokeCount))
            .member("responseContext", response())
            .member("version", "1.0")
            .member("timestamp", millis(world.now()))
            .member(
                "KinesisBatchInfo",
                new Json()
                    .member("shardId", first.shardId())
                    .member("startSequenceNumber", first.sequence().toString())
                    .member("endSequenceNumber", last.sequence().toString())
                    .member("approximateArrivalOfFirstRecord", millis(first.arrival()))
                    .member("approximateArrivalOfLastRecord", millis(last.arrival()))
                    .member("batchSize", records.size())
                    .member("streamArn", streamArn))
            .member("payload", text(payload))
            .bytes();
    String key = "aws/lambda/%s/%s/%s".formatted(mappingId, first.shardId(), object(world));
    return new FailedInvocation(key, document, payload);
  }

  static FailedInvocation ofAsync(
      World world, String function, String condition, byte[] event, int invokeCount, String error) {
    byte[] document =
        new Json()
            .member("version", "1.0")
            .member("timestamp", millis(world.now()))
            .member("requestContext", request(world, function, condition, invokeCount))
            .raw("requestPayload", text(event))
            .member("responseContext", response())
            .member("responsePayload", new Json().member("errorMessage", error))
            .bytes();
    String key = "aws/lambda/async/%s/%s".formatted(function, object(world));
    return new FailedInvocation(key, document, event);
  }

  private static Json request(World world, String function, String condition, int invokeCount) {
    return new Json()
        .member("requestId", world.uuid())
        .member("functionArn", Arns.function(function))
        .member("condition", condition)
        .member("approximateInvokeCount", invokeCount);
  }

  private static Json response() {
    return new Json()
        .member("statusCode", 200)
        .member("executedVersion", "$LATEST")
        .member("functionError", "Unhandled");
  }

  private static String object(World world) {
    return "%s/%s-%s".formatted(FOLDER.format(world.now()), FILE.format(world.now()), world.uuid());
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  private static String millis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli()).toString();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
