package io.meterline.core.event;

import io.meterline.core.json.Swar;

/** Line ends in a stretch of bytes, looked for eight bytes at a time. */
public final class LineEnds {
  private static final long LINE_ENDS = Swar.repeated('\n');

  private LineEnds() {}

  /** The next one from {@code from} on; {@code to} where there is none before that. */
  public static int next(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long ends = Swar.firstEqual(Swar.get(bytes, i), LINE_ENDS);
      if (ends != 0) {
        return i + Swar.first(ends);
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
      count += Long.bitCount(Swar.equal(Swar.get(bytes, i), LINE_ENDS));
    }
    while (i < to) {
      count += bytes[i++] == '\n' ? 1 : 0;
    }
    return count;
  }
}
