package io.meterline.core;

/**
 * The bounds that keep memory flat, whatever arrives.
 *
 * @param maxRecordBytes the longest record once minified
 * @param maxPayloadBytes the most that one payload may inflate to, and the longest that one may be
 *     that is not compressed
 * @param maxLineBytes the longest line of a log file that is read as one log event
 */
public record Limits(int maxRecordBytes, int maxPayloadBytes, int maxLineBytes) {
  private static final int MEBIBYTE = 1024 * 1024;

  /** What holds where nothing else is said. */
  public static final Limits DEFAULT = new Limits(256 * 1024, 64 * MEBIBYTE, 16 * MEBIBYTE);

  public Limits {
    positive(maxRecordBytes, "maxRecordBytes");
    positive(maxPayloadBytes, "maxPayloadBytes");
    positive(maxLineBytes, "maxLineBytes");
  }

  private static void positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
  }
}
