package io.meterline.mapping;

import com.google.common.primitives.UnsignedLong;
import com.google.protobuf.Timestamp;
import io.meterline.mapping.Expressions.NamedExpression;
import io.meterline.mapping.RecordTemplate.Member;
import io.meterline.mapping.expression.ExpectedType;
import io.meterline.mapping.expression.Scope;
import io.meterline.mapping.value.Decimal;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonObject;
import io.meterline.mapping.value.Kinds;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a record as JSON text, from what its expressions give. Not for several threads. */
final class RecordText {
  private final Utf8Buffer out = new Utf8Buffer();
  private boolean first;

  byte[] bytes() {
    return out.bytes();
  }

  int length() {
    return out.length();
  }

  /**
   * Writes the record, which then is in {@link #bytes}.
   *
   * @throws EvaluationException that names the field which has no value
   */
  void write(RecordTemplate record, Scope scope) {
    out.clear();
    out.ascii('{');
    first = true;
    for (Member member : record.members()) {
      switch (member) {
        case Member.Single single -> single(single, scope);
        case Member.Several several -> several(several, scope);
        case Member.Whole whole -> whole(whole, scope);
      }
    }
    out.ascii('}');
  }

  private void single(Member.Single member, Scope scope) {
    NamedExpression expression = member.expression();
    Object value = evaluated(expression, scope);
    if (value instanceof Optional<?> optional) {
      if (optional.isEmpty()) {
        return;
      }
      value = optional.get();
    }
    name(member.name());
    try {
      value(value, expression.need());
    } catch (EvaluationException e) {
      throw named(expression, e);
    }
  }

  private void several(Member.Several object, Scope scope) {
    name(object.name());
    out.ascii('{');
    first = true;
    for (Member.Single member : object.members()) {
      single(member, scope);
    }
    first = false;
    out.ascii('}');
  }

  private void whole(Member.Whole object, Scope scope) {
    NamedExpression expression = object.expression();
    Object value = evaluated(expression, scope);
    if (value instanceof Optional<?> optional) {
      if (optional.isEmpty()) {
        return;
      }
      value = optional.get();
    }
    name(object.name());
    try {
      if (!(value instanceof Map<?, ?> members)) {
        throw EvaluationException.of("is %s, where an object is needed".formatted(Kinds.of(value)));
      }
      object(members, object.need());
    } catch (EvaluationException e) {
      throw named(expression, e);
    }
  }

  private void object(Map<?, ?> members, ExpectedType need) {
    out.ascii('{');
    first = true;
    if (members instanceof JsonObject written) {
      written.forEach(
          (name, value) -> {
            name(name);
            value(value, need);
          });
    } else {
      // A record that comes again must have the same bytes, so CEL's own order is none to keep.
      Map<String, Object> sorted = new TreeMap<>();
      members.forEach((name, value) -> sorted.put(nameOf(name), value));
      sorted.forEach(
          (name, value) -> {
            name(name);
            value(value, need);
          });
    }
    first = false;
    out.ascii('}');
  }

  private static String nameOf(Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw EvaluationException.of("has a name that is %s".formatted(Kinds.of(key)));
  }

  private static Object evaluated(NamedExpression expression, Scope scope) {
    try {
      return expression.expression().value(scope);
    } catch (EvaluationException e) {
      throw named(expression, e);
    }
  }

  static EvaluationException named(NamedExpression expression, EvaluationException e) {
    return EvaluationException.in(expression.field(), expression.source(), e);
  }

  private void name(String name) {
    if (!first) {
      out.ascii(',');
    }
    first = false;
    out.string(name);
    out.ascii(':');
  }

  private void value(Object value, ExpectedType need) {
    if (Kinds.isNull(value)) {
      // Counts as not there, as it does after a marker.
      out.ascii("null");
      return;
    }
    boolean written =
        switch (need) {
          case TEXT -> text(value);
          case NUMBER -> number(value);
          case TIME -> time(value);
          case DIMENSION -> text(value) || number(value) || truth(value);
          case CONDITION, OBJECT, LIST -> false;
        };
    if (!written) {
      throw EvaluationException.of(
          "is %s, where %s is needed".formatted(Kinds.of(value), need.words()));
    }
  }

  private boolean text(Object value) {
    if (value instanceof String text) {
      out.string(text);
      return true;
    }
    return false;
  }

  private boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      out.ascii(truth.toString());
      return true;
    }
    return false;
  }

  private boolean number(Object value) {
    switch (value) {
      case Decimal number -> out.ascii(number.source(), number.from(), number.to());
      case Long number -> out.ascii(number.toString());
      case UnsignedLong number -> out.ascii(number.toString());
      case Double number -> out.ascii(Decimal.of(number).toString());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean time(Object value) {
    switch (value) {
      case Long millis -> out.ascii(millis.toString());
      case Decimal millis -> {
        if (!millis.isWhole()) {
          throw EvaluationException.of(
              "is %s, where whole milliseconds are needed".formatted(millis));
        }
        out.ascii(Long.toString(millis.toLong()));
      }
      case Instant instant -> out.ascii(Long.toString(instant.toEpochMilli()));
      case Timestamp timestamp ->
          out.ascii(
              Long.toString(1_000 * timestamp.getSeconds() + timestamp.getNanos() / 1_000_000));
      default -> {
        return false;
      }
    }
    return true;
  }
}
