package io.meterline.mapping.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The text of a number, as JSON has it. */
final class JsonNumber {
  private JsonNumber() {}

  static boolean isNumber(byte[] text, int from, int to) {
    int i = from < to && text[from] == '-' ? from + 1 : from;
    int whole = digits(text, i, to);
    if (whole == i || (text[i] == '0' && whole > i + 1)) {
      return false;
    }
    i = whole;
    if (i < to && text[i] == '.') {
      int fraction = digits(text, i + 1, to);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < to && (text[i] == 'e' || text[i] == 'E')) {
      int exponent = i + 1 < to && (text[i + 1] == '+' || text[i + 1] == '-') ? i + 2 : i + 1;
      i = digits(text, exponent, to);
      if (i == exponent) {
        return false;
      }
    }
    return i == to;
  }

  /** The number that is written there; its exponent is bounded before it costs anything. */
  static BigDecimal value(byte[] text, int from, int to, int mostDigits) {
    if (to - from <= 18 && isPlainInteger(text, from, to)) {
      return BigDecimal.valueOf(integer(text, from, to));
    }
    BigDecimal value;
    try {
      value =
          to - from <= 2 * mostDigits
              ? new BigDecimal(new String(text, from, to - from, StandardCharsets.US_ASCII))
              : null;
    } catch (NumberFormatException e) {
      value = null;
    }
    if (value == null
        || value.precision() > mostDigits
        || Math.abs((long) value.scale()) > mostDigits) {
      throw EvaluationException.of("overflow: a number of more than " + mostDigits + " digits");
    }
    return value;
  }

  private static boolean isPlainInteger(byte[] text, int from, int to) {
    return digits(text, text[from] == '-' ? from + 1 : from, to) == to;
  }

  private static long integer(byte[] text, int from, int to) {
    boolean negative = text[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = 10 * value + text[i] - '0';
    }
    return negative ? -value : value;
  }

  private static int digits(byte[] text, int from, int to) {
    int i = from;
    while (i < to && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i;
  }
}
