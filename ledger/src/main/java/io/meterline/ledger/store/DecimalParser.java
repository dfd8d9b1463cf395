package io.meterline.ledger.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON number without losing a digit, as an unscaled integer and a scale. What fits is what
 * some {@code DECIMAL(38, scale)} holds: 38 digits, of which up to 38 follow the point.
 */
final class DecimalParser {
  static final int MOST_DIGITS = 38;

  /** So many digits always fit a long. */
  private static final int LONG_DIGITS = 18;

  private final byte[] digits = new byte[MOST_DIGITS];
  private long value;
  private @Nullable BigInteger wide;
  private byte scale;

  /** Reads the number's text; false where it does not fit. */
  boolean read(byte[] source, int from, int to) {
    int count = 0;
    long pointShift = 0;
    long zeros = 0;
    boolean fraction = false;
    int i = from;
    boolean negative = source[i] == '-';
    if (negative) {
      i++;
    }
    for (; i < to && (source[i] | 0x20) != 'e'; i++) {
      byte b = source[i];
      if (b == '.') {
        fraction = true;
        continue;
      }
      if (fraction) {
        pointShift--;
      }
      if (b == '0') {
        // Zeros count only where another digit follows and one went before.
        zeros += count > 0 ? 1 : 0;
        continue;
      }
      if (count + zeros + 1 > MOST_DIGITS) {
        return false;
      }
      for (; zeros > 0; zeros--) {
        digits[count++] = '0';
      }
      digits[count++] = b;
    }
    if (count == 0) {
      return set(0, null, 0);
    }
    long exponent = pointShift + zeros + (i < to ? exponent(source, i + 1, to) : 0);
    if (exponent < -MOST_DIGITS || count + Math.max(0, exponent) > MOST_DIGITS) {
      return false;
    }
    for (; exponent > 0; exponent--) {
      digits[count++] = '0';
    }
    return set(count, negative, (int) -exponent);
  }

  private boolean set(int count, boolean negative, int newScale) {
    if (count > LONG_DIGITS) {
      BigInteger number = new BigInteger(new String(digits, 0, count, StandardCharsets.US_ASCII));
      return set(0, negative ? number.negate() : number, newScale);
    }
    long number = 0;
    for (int i = 0; i < count; i++) {
      number = 10 * number + digits[i] - '0';
    }
    return set(negative ? -number : number, null, newScale);
  }

  private boolean set(long newValue, @Nullable BigInteger newWide, int newScale) {
    value = newValue;
    wide = newWide;
    scale = (byte) newScale;
    return true;
  }

  /** An exponent's value, or one so large that nothing fits, where it is beyond. */
  private static long exponent(byte[] source, int from, int to) {
    boolean negative = source[from] == '-';
    long exponent = 0;
    for (int i = negative || source[from] == '+' ? from + 1 : from; i < to; i++) {
      exponent = Math.min(10 * exponent + source[i] - '0', Integer.MAX_VALUE);
    }
    return negative ? -exponent : exponent;
  }

  /** The unscaled value; of use where {@link #wide} is null. */
  long value() {
    return value;
  }

  /** The unscaled value where it has more digits than a long. */
  @Nullable BigInteger wide() {
    return wide;
  }

  /** How many of the digits follow the point; none of those at the end is 0. */
  byte scale() {
    return scale;
  }
}
