package io.meterline.mapping.value;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value is, in words. */
public final class Kinds {
  private Kinds() {}

  /** Whether it is the null of a line, or the one that an expression writes. */
  public static boolean isNull(@Nullable Object value) {
    return value instanceof NullValue || value instanceof com.google.protobuf.NullValue;
  }

  public static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "a string";
      case Boolean truth -> "a bool";
      case Decimal number -> "a number";
      case Long number -> "an int";
      case UnsignedLong number -> "a uint";
      case Double number -> "a double";
      case NullValue nothing -> "null";
      case com.google.protobuf.NullValue nothing -> "null";
      case List<?> list -> "a list";
      case Map<?, ?> map -> "an object";
      default -> "a " + value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
