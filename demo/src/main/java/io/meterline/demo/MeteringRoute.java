package io.meterline.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a call is metered: the last word of its path. */
public enum MeteringRoute {
  /** The application posts the record to the ingest. */
  DIRECT_API("direct-api", Optional.empty()),
  /** The application puts the record into the ingest bucket. */
  DIRECT_S3("direct-s3", Optional.empty()),
  /** The application sends the record to a queue that is relayed to the ingest. */
  DIRECT_SQS("direct-sqs", Optional.empty()),
  /** The application logs the record; its log group invokes the agent. */
  CW_SUBSCRIBER("cw-subscriber", Optional.of("meter_record_for_cw")),
  /** The application logs the record; its log group feeds a stream, which an agent reads. */
  STREAM_SUBSCRIBER("stream-subscriber", Optional.of("meter_record_for_stream"));

  private final String word;
  private final Optional<String> marker;

  MeteringRoute(String word, Optional<String> marker) {
    this.word = word;
    this.marker = marker;
  }

  /** The word for it in a path. */
  public String word() {
    return word;
  }

  /** What its log lines start with, by which the subscriptions tell them; empty for the others. */
  public Optional<String> marker() {
    return marker;
  }

  public static Optional<MeteringRoute> of(String word) {
    return Arrays.stream(values()).filter(way -> way.word.equals(word)).findFirst();
  }

  /** The words of all, in their order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(MeteringRoute::word).toList();
  }
}
