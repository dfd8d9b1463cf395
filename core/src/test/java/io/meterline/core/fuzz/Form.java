package io.meterline.core.fuzz;

/** The way in that an input takes. */
enum Form {
  /** The message of one log event. */
  MESSAGE,
  /** A payload as it is in a Kinesis record: gzip, JSON or aggregated. */
  PAYLOAD,
  /** The JSON of a payload, which is compressed once it is mutated. */
  COMPRESSED,
  /** A Lambda event, whatever it is taken for. */
  EVENT,
  /** A log file. */
  LINES
}
