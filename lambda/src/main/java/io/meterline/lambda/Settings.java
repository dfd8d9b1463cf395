package io.meterline.lambda;

import io.meterline.aws.DestinationSettings;
import io.meterline.aws.S3Bucket;
import io.meterline.aws.Variables;
import io.meterline.core.Limits;
import io.meterline.core.UriText;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.find.Markers;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent is told by its environment, checked once when it starts.
 *
 * @param sink the URI of where records go
 * @param quarantine the URI of where that goes which can't be delivered; without one, the ingest
 *     bucket keeps it below {@code quarantine/}
 * @param mapping rules, or where they are; empty for none
 * @param refusalGrace how old the records of a batch of which nothing is accepted must be to go to
 *     quarantine; until then the batch fails
 */
record Settings(
    Markers markers,
    Limits limits,
    String sink,
    Optional<String> quarantine,
    Optional<String> mapping,
    DestinationSettings destinations,
    Duration refusalGrace) {
  private static final Duration MAX_GRACE = Duration.ofDays(7);

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException that names the variable which is wrong or missing
   */
  static Settings of(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    Limits limits =
        new Limits(
            number(variables, "METERLINE_MAX_RECORD_BYTES", Limits.DEFAULT.maxRecordBytes()),
            number(variables, "METERLINE_MAX_PAYLOAD_BYTES", Limits.DEFAULT.maxPayloadBytes()),
            Limits.DEFAULT.maxLineBytes());
    return new Settings(
        variables.parsed("METERLINE_MARKERS", Settings::markers).orElse(Markers.DEFAULT),
        limits,
        remote("METERLINE_SINK", sink(variables)),
        variables.text("METERLINE_QUARANTINE").map(uri -> remote("METERLINE_QUARANTINE", uri)),
        variables.text("METERLINE_MAPPING"),
        destinations(variables, environment),
        variables
            .parsed("METERLINE_REFUSAL_GRACE", Settings::grace)
            .orElse(RefusalPolicy.DEFAULT_GRACE));
  }

  /** The reference's bucket is in its own region, whichever the function's is. */
  private static DestinationSettings destinations(
      Variables variables, Map<String, String> environment) {
    DestinationSettings settings = DestinationSettings.of(environment);
    boolean isReferences =
        variables.text("METERLINE_SINK").isEmpty()
            && variables.text("METERLINE_S3_REGION").isEmpty();
    return isReferences ? settings.inRegion(S3Bucket.DEFAULT_REGION) : settings;
  }

  /** Without what the addresses may hold beside the place. */
  @Override
  public String toString() {
    return "Settings(sink %s, %s)".formatted(UriText.shown(sink), destinations);
  }

  /** What a function writes to its own disk is gone with it. */
  private static String remote(String variable, String uri) {
    if (uri.toLowerCase(Locale.ROOT).startsWith("dir:")) {
      throw new IllegalArgumentException(
          variable
              + ": dir: is a folder on the function's own disk, which does not last: set a bucket"
              + " (s3://BUCKET)"
              + (variable.equals("METERLINE_SINK")
                  ? ", a queue (sqs:) or a receiver (https://)"
                  : ""));
    }
    return uri;
  }

  private static Duration grace(String text) {
    Duration grace;
    try {
      grace =
          text.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is neither a number of seconds, such as 900, nor a duration, such as PT15M"
              .formatted(text),
          e);
    }
    if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
      throw new IllegalArgumentException(
          "'%s' is not from 0 to %d seconds".formatted(text, MAX_GRACE.toSeconds()));
    }
    return grace;
  }

  private static String sink(Variables variables) {
    return variables
        .text("METERLINE_SINK")
        .or(() -> variables.text("INGEST_BUCKET_NAME").map(bucket -> "s3://" + bucket))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "INGEST_BUCKET_NAME is not set: it names the bucket that records go to"
                        + " (or METERLINE_SINK, a URI)"));
  }

  private static Markers markers(String text) {
    return new Markers(
        Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList());
  }

  private static int number(Variables variables, String name, int otherwise) {
    return variables.parsed(name, Settings::positive).orElse(otherwise);
  }

  private static int positive(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "'%s' is not a number between 1 and 999999999".formatted(text));
    }
    return Integer.parseInt(text);
  }
}
