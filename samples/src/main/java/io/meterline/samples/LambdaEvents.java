package io.meterline.samples;

import java.util.Base64;
import java.util.StringJoiner;

/**
 * Events as Lambda hands them to a function. Shapes: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Kinesis</a>, <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html">CloudWatch
 * Logs</a>.
 */
public final class LambdaEvents {
  public static final String STREAM_ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/meters";
  public static final String SHARD = "shardId-000000000000";

  /** Sequence numbers have 56 digits: these end with the record's index. */
  private static final String SEQUENCE_START =
      "496400000000000000000000000000000000000000000000000";

  private LambdaEvents() {}

  /** A Kinesis event with one record for each element. */
  public static String kinesis(byte[]... data) {
    StringJoiner records = new StringJoiner(",", "{\"Records\":[", "]}");
    for (int i = 0; i < data.length; i++) {
      records.add(kinesisRecord(i, Base64.getEncoder().encodeToString(data[i])));
    }
    return records.toString();
  }

  private static String kinesisRecord(int index, String base64) {
    String sequenceNumber = sequenceNumber(index);
    return "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"%s\",\"sequenceNumber\":\"%s\",\"data\":\"%s\",\"approximateArrivalTimestamp\":1782896401.%03d},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"%s:%s\",\"eventName\":\"aws:kinesis:record\",\"invokeIdentityArn\":\"arn:aws:iam::123456789012:role/agent\",\"awsRegion\":\"us-east-1\",\"eventSourceARN\":\"%s\"}"
        .formatted(
            "a1b2c3", sequenceNumber, base64, index % 1000, SHARD, sequenceNumber, STREAM_ARN);
  }

  public static String sequenceNumber(int index) {
    return "%s%05d".formatted(SEQUENCE_START, index);
  }

  /** What a directly subscribed function gets. */
  public static String direct(byte[] data) {
    return "{\"awslogs\":{\"data\":\"%s\"}}".formatted(Base64.getEncoder().encodeToString(data));
  }
}
