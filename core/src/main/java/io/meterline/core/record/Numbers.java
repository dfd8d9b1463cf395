package io.meterline.core.record;

import io.meterline.core.json.Digits;
import java.nio.charset.StandardCharsets;

/** What the rules ask of a number's text, which is known to be a JSON number. */
public final class Numbers {
  /** A number of so few characters, and without an exponent, is far below the largest double. */
  private static final int SURELY_FITS = 300;

  /** The digits of any value that a rule allows; one with more is out of range whatever it is. */
  private static final int MOST_DIGITS = 18;

  private Numbers() {}

  static boolean fitsDouble(byte[] bytes, int from, int to) {
    boolean exponent = false;
    for (int i = from; i < to; i++) {
      exponent |= (bytes[i] | 0x20) == 'e';
    }
    if (!exponent && to - from < SURELY_FITS) {
      return true;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    return !Double.isInfinite(Double.parseDouble(text));
  }

  /** The value of an integer's text; the nearest long where it is beyond. */
  public static long integer(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int i = negative ? from + 1 : from;
    if (to - i > MOST_DIGITS) {
      return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return Digits.value(bytes, from, to);
  }
}
