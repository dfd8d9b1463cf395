package io.meterline.core.input;

/** What an input is taken for. */
public enum InputFormat {
  /** What its first bytes say that it is. */
  AUTO,
  /** Lambda events of a Kinesis stream. */
  KINESIS,
  /** What CloudWatch Logs sends: direct Lambda events, or payloads as they are. */
  LOGS,
  /** Plain log lines. */
  LINES
}
