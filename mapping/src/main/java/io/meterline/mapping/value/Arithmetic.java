package io.meterline.mapping.value;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What the operators do: CEL's own on its own numbers, exact ones where a decimal is among them.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /**
   * The sum, or one text or list after the other.
   *
   * @throws EvaluationException where that takes more than the budget has
   */
  public static Object plus(Object a, Object b, Budget budget) {
    if (a instanceof Long x && b instanceof Long y) {
      return exactly(() -> Math.addExact(x, y), "+");
    }
    if (a instanceof String x && b instanceof String y) {
      budget.take(4L * (x.length() + y.length()));
      return x + y;
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x + y;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      budget.take(8L * (x.size() + y.size()));
      return Stream.concat(x.stream(), y.stream()).toList();
    }
    return decimal(a, b, "+").plus(Decimal.of(b));
  }

  public static Object minus(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return exactly(() -> Math.subtractExact(x, y), "-");
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x - y;
    }
    return decimal(a, b, "-").minus(Decimal.of(b));
  }

  public static Object times(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return exactly(() -> Math.multiplyExact(x, y), "*");
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x * y;
    }
    return decimal(a, b, "*").times(Decimal.of(b));
  }

  public static Object dividedBy(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      if (y == 0) {
        throw EvaluationException.of("division by zero");
      }
      return exactly(() -> Math.divideExact(x, y), "/");
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x / y;
    }
    return decimal(a, b, "/").dividedBy(Decimal.of(b));
  }

  /** Below, at or above zero, as the first is less, the same or more than the second. */
  public static int compare(Object a, Object b, String operator) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return Boolean.compare(x, y);
    }
    return decimal(a, b, operator).compareTo(Decimal.of(b));
  }

  private static Decimal decimal(Object a, Object b, String operator) {
    boolean fits =
        Decimal.isNumber(a)
            && Decimal.isNumber(b)
            && (a instanceof Decimal || b instanceof Decimal);
    if (!fits) {
      throw unfit(operator, a, b);
    }
    return Decimal.of(a);
  }

  /** What is said where an operator or function does not take such values. */
  public static EvaluationException unfit(String operator, Object... values) {
    StringBuilder kinds = new StringBuilder();
    for (Object value : values) {
      kinds.append(kinds.isEmpty() ? "" : " and ").append(Kinds.of(value));
    }
    return EvaluationException.of("'%s' does not take %s".formatted(operator, kinds));
  }

  private static Object exactly(LongSupplier sum, String operator) {
    try {
      return sum.getAsLong();
    } catch (ArithmeticException e) {
      throw EvaluationException.of(
          "overflow: the result of '" + operator + "' is more than an int holds");
    }
  }
}
