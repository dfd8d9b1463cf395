package io.meterline.lambda;

import io.meterline.Limits;
import io.meterline.aws.DestinationSettings;
import io.meterline.aws.S3Bucket;
import io.meterline.aws.Variables;
import io.meterline.extract.Markers;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent is told by its environment, checked once when it starts.
 *
 * @param sink the URI of where records go
 * @param quarantine the URI of where that goes which can't be delivered; without one, the ingest
 *     bucket keeps it below {@code quarantine/}
 * @param mapping rules, or where they are; empty for none
 */
record Settings(
    Markers markers,
    Limits limits,
    String sink,
    Optional<String> quarantine,
    Optional<String> mapping,
    DestinationSettings destinations) {
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
        sink(variables),
        variables.text("METERLINE_QUARANTINE"),
        variables.text("METERLINE_MAPPING"),
        destinations(variables, environment));
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
          "'%s' is no number between 1 and 999999999".formatted(text));
    }
    return Integer.parseInt(text);
  }
}
