package io.meterline.lambda;

import io.meterline.Limits;
import io.meterline.aws.DestinationSettings;
import io.meterline.extract.Markers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an agent is told by its environment, checked once when it starts.
 *
 * @param sink the URI of where records go
 * @param quarantine the URI of where that goes which can't be delivered; without one, the ingest
 *     bucket keeps it below {@code quarantine/}
 */
record Settings(
    Markers markers,
    Limits limits,
    String sink,
    Optional<String> quarantine,
    DestinationSettings destinations) {
  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException that names the variable which is wrong or missing
   */
  static Settings of(Map<String, String> environment) {
    Limits limits =
        new Limits(
            number(environment, "METERLINE_MAX_RECORD_BYTES", Limits.DEFAULT.maxRecordBytes()),
            number(environment, "METERLINE_MAX_PAYLOAD_BYTES", Limits.DEFAULT.maxPayloadBytes()),
            Limits.DEFAULT.maxLineBytes());
    Markers markers =
        parsed(environment, "METERLINE_MARKERS", text -> new Markers(commaSeparated(text)))
            .orElse(Markers.DEFAULT);
    return new Settings(
        markers,
        limits,
        sink(environment),
        text(environment, "METERLINE_QUARANTINE"),
        DestinationSettings.of(environment));
  }

  private static String sink(Map<String, String> environment) {
    return text(environment, "METERLINE_SINK")
        .or(() -> text(environment, "INGEST_BUCKET_NAME").map(bucket -> "s3://" + bucket))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "INGEST_BUCKET_NAME is not set: it names the bucket that records go to"
                        + " (or METERLINE_SINK, a URI)"));
  }

  private static List<String> commaSeparated(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    return parsed(environment, name, Settings::positive).orElse(otherwise);
  }

  private static int positive(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "'%s' is no number between 1 and 999999999".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private static <T> Optional<T> parsed(
      Map<String, String> environment, String name, Function<String, T> parser) {
    try {
      return text(environment, name).map(parser);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
