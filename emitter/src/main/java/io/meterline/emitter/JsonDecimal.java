package io.meterline.emitter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers as JSON that says exactly what they are. */
final class JsonDecimal {
  /** The exponent of the largest double, 1.8e308. */
  private static final int LARGEST_EXPONENT = 308;

  private JsonDecimal() {}

  /** Adds the value of a meter. */
  static void write(Number value, String meterApiName, JsonLine line) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof AtomicLong
        || value instanceof AtomicInteger) {
      line.add(value.longValue());
    } else if (value instanceof Double || value instanceof Float) {
      double number = value.doubleValue();
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "the value of meter '" + meterApiName + "' is " + number + ", not a finite number");
      }
      line.add(Double.toString(number));
    } else if (value instanceof BigDecimal number) {
      write(number, meterApiName, line);
    } else if (value instanceof BigInteger number) {
      write(new BigDecimal(number), meterApiName, line);
    } else {
      throw new IllegalArgumentException(
          "the value of meter '"
              + meterApiName
              + "' is a "
              + value.getClass().getName()
              + ": give an integer, a double, a BigDecimal or a BigInteger");
    }
  }

  private static void write(BigDecimal value, String meterApiName, JsonLine line) {
    long exponent = (long) value.precision() - 1 - value.scale();
    boolean tooLarge =
        exponent > LARGEST_EXPONENT
            || (exponent == LARGEST_EXPONENT && Double.isInfinite(value.doubleValue()));
    if (tooLarge && value.signum() != 0) {
      throw new IllegalArgumentException(
          "the value of meter '"
              + meterApiName
              + "' is more than a double holds (1E+"
              + exponent
              + ")");
    }
    line.add(value.toString());
  }
}
