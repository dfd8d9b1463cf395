package io.meterline.core.event;

import io.meterline.core.json.Words;

/** Line ends in a stretch of bytes, looked for eight bytes at a time. */
public final class LineEnds {
  private static final long LINE_ENDS = Words.repeated('\n');

  private LineEnds() {}

  /** The next one from {@code from} on; {@code to} where there is none before that. */
  public static int next(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long ends = Words.firstEqual(Words.get(bytes, i), LINE_ENDS);
      if (ends != 0) {
        return i + Words.first(ends);
      }
    }
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** How many there are. */
  public static long count(byte[] bytes, int from, int to) {
    long count = 0;
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      count += Long.bitCount(Words.equal(Words.get(bytes, i), LINE_ENDS));
    }
    while (i < to) {
      count += bytes[i++] == '\n' ? 1 : 0;
    }
    return count;
  }
}
