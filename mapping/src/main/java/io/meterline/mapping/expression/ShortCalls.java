package io.meterline.mapping.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.meterline.mapping.expression.Shortcuts.Constant;
import io.meterline.mapping.value.Arithmetic;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.Decimal;
import io.meterline.mapping.value.Equality;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.MemberName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Plain code for the operators and functions that most expressions are made of. */
final class ShortCalls {
  private final CelAbstractSyntaxTree tree;
  private final Shortcuts shortcuts;

  ShortCalls(CelAbstractSyntaxTree tree, Shortcuts shortcuts) {
    this.tree = tree;
    this.shortcuts = shortcuts;
  }

  Optional<Expression> of(CelCall call) {
    List<CelExpr> given = new ArrayList<>();
    call.target().ifPresent(given::add);
    given.addAll(call.args());
    List<Expression> arguments = new ArrayList<>();
    for (CelExpr argument : given) {
      Optional<Expression> code = shortcuts.of(argument);
      if (code.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(code.get());
    }
    return switch (arguments.size()) {
      case 1 -> one(call.function(), given.get(0), arguments.get(0));
      case 2 -> two(call.function(), given, arguments.get(0), arguments.get(1));
      case 3 ->
          call.function().equals("_?_:_")
              ? Optional.of(choice(arguments.get(0), arguments.get(1), arguments.get(2)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Expression> one(String function, CelExpr given, Expression argument) {
    return switch (function) {
      case "!_" -> Optional.of(scope -> !truth(argument.value(scope), "!"));
      case "string" ->
          only(given, CelKind.STRING, CelKind.INT, CelKind.BOOL)
              ? Optional.of(scope -> text(argument.value(scope), scope.budget()))
              : Optional.empty();
      case "int" -> only(given, CelKind.INT) ? of(argument, ShortCalls::whole) : Optional.empty();
      case "decimal" -> decimal(given, argument);
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> of(Expression argument, Function<Object, Object> function) {
    return Optional.of(scope -> function.apply(argument.value(scope)));
  }

  private Optional<Expression> decimal(CelExpr given, Expression argument) {
    Optional<Integer> captured = shortcuts.group(given);
    if (captured.isPresent()) {
      int group = captured.get();
      return Optional.of(
          scope -> {
            int from = scope.capturedFrom(group);
            int to = scope.capturedTo(group);
            scope.budget().take(to - from);
            return Decimal.parse(scope.message(), from, to)
                .orElseGet(() -> Decimals.parse(scope.captured(group)));
          });
    }
    return Optional.of(
        scope -> {
          Object value = argument.value(scope);
          if (value instanceof String text) {
            scope.budget().take(4L * text.length());
            return Decimals.parse(text);
          }
          return number(value, "decimal");
        });
  }

  private static Object text(Object value, Budget budget) {
    return switch (value) {
      case String text -> text;
      case Long number -> Long.toString(number);
      case Boolean truth -> Boolean.toString(truth);
      case Decimal number -> {
        budget.take(number.to() - number.from());
        yield number.toString();
      }
      default -> throw Arithmetic.unfit("string", value);
    };
  }

  private static Object whole(Object value) {
    return switch (value) {
      case Long number -> number;
      case Decimal number -> number.toLong();
      case String text -> {
        try {
          yield Long.parseLong(text);
        } catch (NumberFormatException e) {
          throw EvaluationException.of("int('%s'): not an int".formatted(text));
        }
      }
      default -> throw Arithmetic.unfit("int", value);
    };
  }

  private static Decimal number(Object value, String function) {
    if (!Decimal.isNumber(value)) {
      throw Arithmetic.unfit(function, value);
    }
    return Decimal.of(value);
  }

  private Optional<Expression> two(
      String function, List<CelExpr> given, Expression a, Expression b) {
    return switch (function) {
      case "_&&_" -> Optional.of(decided(a, b, false, "&&"));
      case "_||_" -> Optional.of(decided(a, b, true, "||"));
      case "_==_" -> Optional.of(scope -> areEqual(a, b, scope));
      case "_!=_" -> Optional.of(scope -> !areEqual(a, b, scope));
      case "@in" ->
          Optional.of(
              scope -> {
                Object value = a.value(scope);
                return Equality.contains(b.value(scope), value, scope.budget());
              });
      case "_[_]" -> index(a, b);
      case "contains" -> strings(a, b, "contains", String::contains);
      case "startsWith" -> strings(a, b, "startsWith", String::startsWith);
      case "endsWith" -> strings(a, b, "endsWith", String::endsWith);
      default -> computes(given) ? computed(function, a, b) : Optional.empty();
    };
  }

  private static boolean areEqual(Expression a, Expression b, Scope scope) {
    return Equality.areEqual(a.value(scope), b.value(scope), scope.budget());
  }

  private static Optional<Expression> computed(String function, Expression a, Expression b) {
    return switch (function) {
      case "_+_" ->
          Optional.of(scope -> Arithmetic.plus(a.value(scope), b.value(scope), scope.budget()));
      case "_-_" -> of(a, b, Arithmetic::minus);
      case "_*_" -> of(a, b, Arithmetic::times);
      case "_/_" -> of(a, b, Arithmetic::dividedBy);
      case "_<_" -> comparison(a, b, "<", sign -> sign < 0);
      case "_<=_" -> comparison(a, b, "<=", sign -> sign <= 0);
      case "_>_" -> comparison(a, b, ">", sign -> sign > 0);
      case "_>=_" -> comparison(a, b, ">=", sign -> sign >= 0);
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> of(
      Expression a, Expression b, BiFunction<Object, Object, Object> function) {
    return Optional.of(scope -> function.apply(a.value(scope), b.value(scope)));
  }

  private static Optional<Expression> comparison(
      Expression a, Expression b, String operator, IntPredicate right) {
    return Optional.of(
        scope -> {
          Object x = a.value(scope);
          if (x instanceof String text) {
            scope.budget().take(1 + text.length() / 8);
          }
          return right.test(Arithmetic.compare(x, b.value(scope), operator));
        });
  }

  private static Optional<Expression> strings(
      Expression a, Expression b, String function, BiPredicate<String, String> test) {
    return Optional.of(
        scope -> {
          Object x = a.value(scope);
          Object y = b.value(scope);
          if (x instanceof String text && y instanceof String part) {
            scope.budget().take(text.length() + (long) text.length() * part.length() / 16);
            return test.test(text, part);
          }
          throw Arithmetic.unfit(function, x, y);
        });
  }

  private static Optional<Expression> index(Expression of, Expression key) {
    if (!(key instanceof Constant constant && constant.value() instanceof String name)) {
      return Optional.empty();
    }
    MemberName member = new MemberName(name);
    return Optional.of(scope -> Shortcuts.member(of.value(scope), member));
  }

  /**
   * One side may decide alone, and then it does not matter that the other has no value. A value
   * that is no truth is a mistake on either side, as in CEL's runtime.
   */
  private static Expression decided(Expression a, Expression b, boolean by, String operator) {
    return scope -> {
      Object left;
      try {
        left = a.value(scope);
      } catch (EvaluationException e) {
        if (truth(valueOr(e, b, scope), operator) == by) {
          return by;
        }
        throw e;
      }
      return truth(left, operator) == by ? (Object) by : (Object) truth(b.value(scope), operator);
    };
  }

  /** Of two sides without a value, the first is reported. */
  private static Object valueOr(EvaluationException first, Expression other, Scope scope) {
    try {
      return other.value(scope);
    } catch (EvaluationException second) {
      throw first;
    }
  }

  private static Expression choice(Expression condition, Expression yes, Expression no) {
    return scope -> truth(condition.value(scope), "?") ? yes.value(scope) : no.value(scope);
  }

  private static boolean truth(Object value, String operator) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw Arithmetic.unfit(operator, value);
  }

  /** Whether both are of types on which {@link Arithmetic} does what CEL does. */
  private boolean computes(List<CelExpr> given) {
    CelKind a = kind(given.get(0));
    CelKind b = kind(given.get(1));
    boolean doubles = a == CelKind.DOUBLE || b == CelKind.DOUBLE;
    boolean decimals = a == CelKind.OPAQUE || b == CelKind.OPAQUE;
    boolean dynamic = a == CelKind.DYN || b == CelKind.DYN;
    return only(given.get(0), CelKind.INT, CelKind.STRING, CelKind.DOUBLE)
        && only(given.get(1), CelKind.INT, CelKind.STRING, CelKind.DOUBLE)
        && (!doubles || decimals || dynamic);
  }

  /** Whether the type is one of the kinds, a decimal, or not known before there is a line. */
  private boolean only(CelExpr expr, CelKind... kinds) {
    CelKind kind = kind(expr);
    return kind == CelKind.DYN || kind == CelKind.OPAQUE || List.of(kinds).contains(kind);
  }

  private CelKind kind(CelExpr expr) {
    // The name after '.?' is a constant that the checker gives no type.
    CelType type = tree.getType(expr.id()).orElse(SimpleType.ERROR);
    return type.kind() == CelKind.OPAQUE && !type.equals(Decimals.TYPE)
        ? CelKind.UNSPECIFIED
        : type.kind();
  }
}
