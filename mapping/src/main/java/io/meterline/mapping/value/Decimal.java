package io.meterline.mapping.value;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number that is exact, whatever its size. One from a line keeps its digits as they are there:
 * {@code 1.10} goes out as {@code 1.10}.
 */
public final class Decimal implements Comparable<Decimal> {
  /** Of more digits than this, before or after the point, no number is computed with. */
  private static final int MOST_DIGITS = 400;

  private final byte[] source;
  private final int from;
  private final int to;
  private @Nullable BigDecimal value;

  private Decimal(byte[] source, int from, int to, @Nullable BigDecimal value) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.value = value;
  }

  /** The number that is written in the bytes, which are a JSON number. */
  public static Decimal written(byte[] source, int from, int to) {
    return new Decimal(source, from, to, null);
  }

  /** The number that is written in the text; empty where it is not written as JSON has it. */
  public static Optional<Decimal> parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** The number that is written in the bytes; empty where it is not written as JSON has it. */
  public static Optional<Decimal> parse(byte[] text, int from, int to) {
    return JsonNumber.isNumber(text, from, to)
        ? Optional.of(written(text, from, to))
        : Optional.empty();
  }

  public static Decimal of(long number) {
    return of(BigDecimal.valueOf(number));
  }

  /** A number that was computed. */
  public static Decimal of(BigDecimal number) {
    if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw EvaluationException.of("overflow: a number of more than " + MOST_DIGITS + " digits");
    }
    byte[] text = number.toPlainString().getBytes(StandardCharsets.US_ASCII);
    return new Decimal(text, 0, text.length, number);
  }

  /** The number that a value of CEL is. */
  public static Decimal of(Object number) {
    return switch (number) {
      case Decimal decimal -> decimal;
      case Long whole -> of(whole.longValue());
      case UnsignedLong whole -> of(new BigDecimal(whole.bigIntegerValue()));
      case Double binary when Double.isFinite(binary) -> of(BigDecimal.valueOf(binary));
      default -> throw EvaluationException.of("'" + number + "' is not a number");
    };
  }

  /** Whether a value is a number of any kind. */
  public static boolean isNumber(Object value) {
    return value instanceof Decimal
        || value instanceof Long
        || value instanceof Double
        || value instanceof UnsignedLong;
  }

  public Decimal plus(Decimal other) {
    return of(value().add(other.value()));
  }

  public Decimal minus(Decimal other) {
    return of(value().subtract(other.value()));
  }

  public Decimal times(Decimal other) {
    return of(value().multiply(other.value()));
  }

  /** The quotient: exact where it ends, else rounded to 34 digits, half to even. */
  public Decimal dividedBy(Decimal other) {
    if (other.value().signum() == 0) {
      throw EvaluationException.of("division by zero");
    }
    try {
      return of(value().divide(other.value()));
    } catch (ArithmeticException doesNotEnd) {
      return of(value().divide(other.value(), MathContext.DECIMAL128));
    }
  }

  /** What a whole division leaves, with the sign of this. */
  public Decimal modulo(Decimal other) {
    if (other.value().signum() == 0) {
      throw EvaluationException.of("modulo by zero");
    }
    return of(value().remainder(other.value()));
  }

  public Decimal negated() {
    return of(value().negate());
  }

  /** The whole number next to it in a direction. */
  public Decimal rounded(RoundingMode mode) {
    return of(value().setScale(0, mode));
  }

  /** Its whole part, where that is an int64. */
  public long toLong() {
    try {
      return value().setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw EvaluationException.of("overflow: " + this + " is more than an int holds");
    }
  }

  /** Whether it has no fraction. */
  public boolean isWhole() {
    return value().stripTrailingZeros().scale() <= 0;
  }

  public double toDouble() {
    return value().doubleValue();
  }

  /** The bytes in which its text is, between {@link #from} and {@link #to}. */
  public byte[] source() {
    return source;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  private BigDecimal value() {
    if (value == null) {
      value = JsonNumber.value(source, from, to, MOST_DIGITS);
    }
    return value;
  }

  @Override
  public int compareTo(Decimal other) {
    return value().compareTo(other.value());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decimal number && compareTo(number) == 0;
  }

  @Override
  public int hashCode() {
    return value().stripTrailingZeros().hashCode();
  }

  /** Its digits. */
  @Override
  public String toString() {
    return new String(source, from, to - from, StandardCharsets.US_ASCII);
  }
}
