package io.meterline.mapping.value;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When two values of expressions are equal: numbers of all kinds by what they are worth. */
public final class Equality {
  private Equality() {}

  public static boolean areEqual(@Nullable Object a, @Nullable Object b, Budget budget) {
    budget.take(a instanceof String text ? 1L + text.length() / 8 : 1);
    if (a == null || b == null) {
      return a == null && b == null;
    }
    if (Kinds.isNull(a)) {
      return Kinds.isNull(b);
    }
    if (Decimal.isNumber(a)) {
      return Decimal.isNumber(b) && areEqualNumbers(a, b);
    }
    if (a instanceof List<?> list) {
      return b instanceof List<?> other && areEqualLists(list, other, budget);
    }
    if (a instanceof Map<?, ?> map) {
      return b instanceof Map<?, ?> other && areEqualMaps(map, other, budget);
    }
    return Objects.equals(a, b);
  }

  /** Whether a list has the value, or a map the key. */
  public static boolean contains(Object container, Object value, Budget budget) {
    return switch (container) {
      case Map<?, ?> map -> map.containsKey(value) || hasNumber(map, value, budget);
      case List<?> list -> list.stream().anyMatch(element -> areEqual(element, value, budget));
      default -> throw EvaluationException.of("'in' must be followed by a list or a map");
    };
  }

  private static boolean hasNumber(Map<?, ?> map, Object value, Budget budget) {
    if (!Decimal.isNumber(value)) {
      return false;
    }
    for (Object key : map.keySet()) {
      if (areEqual(key, value, budget)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areEqualNumbers(Object a, Object b) {
    if ((a instanceof Double x && !Double.isFinite(x))
        || (b instanceof Double y && !Double.isFinite(y))) {
      return a instanceof Double x && b instanceof Double y && x.doubleValue() == y.doubleValue();
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue();
    }
    return Decimal.of(a).compareTo(Decimal.of(b)) == 0;
  }

  private static boolean areEqualLists(List<?> a, List<?> b, Budget budget) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> other = b.iterator();
    for (Object element : a) {
      if (!areEqual(element, other.next(), budget)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areEqualMaps(Map<?, ?> a, Map<?, ?> b, Budget budget) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      if (!b.containsKey(entry.getKey())
          || !areEqual(entry.getValue(), b.get(entry.getKey()), budget)) {
        return false;
      }
    }
    return true;
  }
}
