package io.meterline.core.json;

/** Integers in ASCII, eight digits at a time. */
public final class Digits {
  /** So many digits has the longest number at most. */
  public static final int MOST = 19;

  /** What any long holds. */
  private static final int MOST_DIGITS = 18;

  /** What eight digits count up to. */
  private static final long HUNDRED_MILLION = 100_000_000;

  private Digits() {}

  /**
   * Whether the bytes are digits, with perhaps a minus before them, and so few that a long holds
   * the number: epoch milliseconds have 13 for the next two centuries.
   */
  public static boolean isShortInteger(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MOST_DIGITS) {
      return false;
    }
    if (isTwoWords(length)) {
      long others =
          Swar.notDigits(Swar.get(bytes, from)) | Swar.notDigits(Swar.get(bytes, to - Long.BYTES));
      if (others == 0) {
        return true;
      }
    }
    for (int i = bytes[from] == '-' ? from + 1 : from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The number that they are. */
  public static long value(byte[] bytes, int from, int to) {
    int length = to - from;
    if (isTwoWords(length) && bytes[from] != '-') {
      // Those of the first word that are in the second as well are moved out of it.
      long first = Swar.get(bytes, from) << ((2 * Long.BYTES - length) * Byte.SIZE);
      return eight(first) * HUNDRED_MILLION + eight(Swar.get(bytes, to - Long.BYTES));
    }
    boolean negative = bytes[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return negative ? -value : value;
  }

  /** Writes a number that is no less than 0; returns the index after it. */
  public static int write(long number, byte[] out, int at) {
    int end = at + 1;
    for (long left = number / 10; left > 0; left /= 10) {
      end++;
    }
    long left = number;
    for (int i = end - 1; i >= at; i--) {
      out[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return end;
  }

  /** Whether two words, which may overlap, are what the bytes are made of. */
  private static boolean isTwoWords(int length) {
    return length > Long.BYTES && length <= 2 * Long.BYTES;
  }

  /** The number that eight digits are; zeros count as such. */
  private static long eight(long word) {
    // Neighbours are joined: digits to pairs, pairs to fours, fours to all eight.
    long pairs = ((word & 0x0F0F_0F0F_0F0F_0F0FL) * (1 + (10L << 8))) >>> 8;
    long fours = ((pairs & 0x00FF_00FF_00FF_00FFL) * (1 + (100L << 16))) >>> 16;
    return ((fours & 0x0000_FFFF_0000_FFFFL) * (1 + (10_000L << 32))) >>> 32;
  }
}
