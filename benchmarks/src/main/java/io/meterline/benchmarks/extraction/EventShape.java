package io.meterline.benchmarks.extraction;

/**
 * What a Kinesis event holds.
 *
 * @param payloads Kinesis records
 * @param events log events in each payload
 * @param chatter how many of a hundred log events are without a record
 */
public record EventShape(int payloads, int events, int chatter, Line line) {
  /** How a record is logged. */
  public enum Line {
    /** Lambda's text format for Node.js, and a record with all that it needs. */
    TEXT,
    /** Lambda's JSON format, in which the record is escaped twice. */
    JSON,
    /** Text, and a record without time and id. */
    INCOMPLETE
  }

  static final EventShape DEFAULT = new EventShape(100, 100, 0, Line.TEXT);

  public EventShape {
    if (payloads < 1 || events < 1 || chatter < 0 || chatter > 100) {
      throw new IllegalArgumentException(
          "not an event: %d, %d, %d".formatted(payloads, events, chatter));
    }
  }

  /** The shape of a name that {@code ExtractionBenchmark} lists. */
  public static EventShape named(String name) {
    return switch (name) {
      case "default" -> DEFAULT;
      case "chatter-50" -> new EventShape(100, 100, 50, Line.TEXT);
      case "chatter-95" -> new EventShape(100, 100, 95, Line.TEXT);
      case "json-format" -> new EventShape(100, 100, 0, Line.JSON);
      case "completion" -> new EventShape(100, 100, 0, Line.INCOMPLETE);
      case "few-large" -> new EventShape(4, 2_500, 0, Line.TEXT);
      case "many-small" -> new EventShape(2_500, 4, 0, Line.TEXT);
      // Lambda's bound: 6 MiB of event.
      case "full" -> new EventShape(530, 100, 0, Line.TEXT);
      default ->
          throw new IllegalArgumentException(
              "no shape is called "
                  + name
                  + ": default, chatter-50, chatter-95, json-format, completion, few-large,"
                  + " many-small, full");
    };
  }
}
