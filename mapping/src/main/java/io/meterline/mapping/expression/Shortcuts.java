package io.meterline.mapping.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelList;
import dev.cel.common.ast.CelExpr.CelSelect;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonObject;
import io.meterline.mapping.value.Kinds;
import io.meterline.mapping.value.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes expressions of the usual kind into plain code, which is many times as fast as CEL's
 * runtime: fields, constants, operators, a few functions. A checked tree that holds anything else
 * is left to that runtime as a whole. A test holds both to the same values.
 */
final class Shortcuts {
  private final CelAbstractSyntaxTree tree;
  private final Environment setting;
  private final ShortCalls calls;

  Shortcuts(CelAbstractSyntaxTree tree, Environment setting) {
    this.tree = tree;
    this.setting = setting;
    this.calls = new ShortCalls(tree, this);
  }

  /** The code for the expression; empty where there is none. */
  Optional<Expression> of(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr.constant());
      case IDENT -> variable(name(expr));
      case SELECT -> select(expr);
      case CALL -> calls.of(expr.call());
      case LIST -> list(expr.list());
      case NOT_SET, STRUCT, MAP, COMPREHENSION -> Optional.empty();
    };
  }

  private static Optional<Expression> constant(CelConstant constant) {
    Object value =
        switch (constant.getKind()) {
          case STRING_VALUE -> constant.stringValue();
          case INT64_VALUE -> constant.int64Value();
          case DOUBLE_VALUE -> constant.doubleValue();
          case BOOLEAN_VALUE -> constant.booleanValue();
          default -> Optional.empty();
        };
    return value instanceof Optional ? Optional.empty() : Optional.of(new Constant(value));
  }

  /** The name that the checker found for a variable, which may have a point in it. */
  private String name(CelExpr expr) {
    return tree.getReference(expr.id()).map(reference -> reference.name()).orElse("");
  }

  private Optional<Expression> variable(String name) {
    if (name.equals(Scope.LINE)) {
      return Optional.of(Scope::line);
    }
    if (name.equals(Scope.ITEM)) {
      return Optional.of(Scope::item);
    }
    if (name.startsWith(Scope.EVENT)) {
      String member = name.substring(Scope.EVENT.length());
      return Optional.of(scope -> scope.event(member));
    }
    return group(name).map(group -> scope -> scope.captured(group));
  }

  /** The number of the group that the variable is. */
  private Optional<Integer> group(String name) {
    return name.startsWith(Scope.CAPTURED)
        ? Optional.ofNullable(setting.groups().get(name.substring(Scope.CAPTURED.length())))
        : Optional.empty();
  }

  /** The number of the group that the expression is, and nothing else. */
  Optional<Integer> group(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT, SELECT -> group(name(expr));
      default -> Optional.empty();
    };
  }

  private Optional<Expression> select(CelExpr expr) {
    String name = name(expr);
    if (!name.isEmpty()) {
      return variable(name);
    }
    CelSelect select = expr.select();
    MemberName member = new MemberName(select.field());
    return of(select.operand())
        .map(
            operand ->
                select.testOnly()
                    ? scope -> has(operand.value(scope), member)
                    : scope -> member(operand.value(scope), member));
  }

  static Object member(Object of, MemberName name) {
    if (of instanceof JsonObject object) {
      int index = object.index(name);
      if (index < 0) {
        throw EvaluationException.missing(name.toString());
      }
      return object.value(index);
    }
    if (of instanceof Map<?, ?> map) {
      Object value = map.get(name.toString());
      if (value == null) {
        throw EvaluationException.missing(name.toString());
      }
      return value;
    }
    throw noObject(of, name);
  }

  private static boolean has(Object of, MemberName name) {
    if (of instanceof JsonObject object) {
      return object.index(name) >= 0;
    }
    if (of instanceof Map<?, ?> map) {
      return map.containsKey(name.toString());
    }
    throw noObject(of, name);
  }

  private static EvaluationException noObject(Object of, MemberName name) {
    return EvaluationException.of(
        "'%s' is read from %s, which is not an object".formatted(name, Kinds.of(of)));
  }

  private Optional<Expression> list(CelList list) {
    if (!list.optionalIndices().isEmpty()) {
      return Optional.empty();
    }
    List<Expression> elements = new ArrayList<>();
    for (CelExpr element : list.elements()) {
      Optional<Expression> code = of(element);
      if (code.isEmpty()) {
        return Optional.empty();
      }
      elements.add(code.get());
    }
    if (elements.stream().allMatch(element -> element instanceof Constant)) {
      return Optional.of(
          new Constant(elements.stream().map(element -> ((Constant) element).value()).toList()));
    }
    return Optional.of(
        scope -> {
          List<Object> values = new ArrayList<>(elements.size());
          for (Expression element : elements) {
            values.add(element.value(scope));
          }
          return values;
        });
  }

  /** The same for every event. */
  record Constant(Object value) implements Expression {
    @Override
    public Object value(Scope scope) {
      return value;
    }
  }
}
