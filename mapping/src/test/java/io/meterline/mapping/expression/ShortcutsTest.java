package io.meterline.mapping.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.record.LogEvent;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.Equality;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonObject;
import io.meterline.mapping.value.Kinds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain code of expressions, beside CEL's own runtime as the oracle. */
final class ShortcutsTest {
  private static final int EXPRESSIONS = 2_000;
  private static final List<String> LINES =
      List.of(
          "{\"a\":1,\"b\":\"x\",\"o\":{\"n\":1.10,\"t\":true},\"l\":[1,2.5,\"x\"]}",
          "{\"a\":9223372036854775807,\"b\":\"\u00e4\",\"o\":{\"n\":\"7\"},\"l\":[]}",
          "{\"a\":0,\"b\":\"0.30\",\"o\":3,\"l\":{\"x\":0}}",
          "{\"a\":null,\"b\":false,\"o\":{},\"l\":null}",
          "{}");
  private static final List<String> ATOMS =
      List.of(
          "1",
          "0",
          "-1",
          "2.5",
          "9223372036854775807",
          "'x'",
          "'7'",
          "''",
          "true",
          "false",
          "line.a",
          "line.b",
          "line.o.n",
          "line.o.t",
          "line.l",
          "line['a']",
          "line.o",
          "has(line.a)",
          "has(line.o.n)",
          "captured.g",
          "captured.none",
          "event.id",
          "event.timestamp",
          "event.logGroup",
          "event.message",
          "decimal('0.1')",
          "[1, 2]",
          "['x', line.b]");
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in");
  private static final List<String> FUNCTIONS =
      List.of("decimal", "ceil", "floor", "round", "string", "int", "size", "!", "-", "sum");
  private static final List<String> LOGIC = List.of("&&", "||");
  private static final List<String> METHODS = List.of("contains", "startsWith", "endsWith");

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Pattern pattern = Pattern.compile("(?P<g>.[^:]*)(?P<none>nowhere)?");
  private final Language language = new Language(pattern.namedGroups().keySet());
  private final Environment setting = new Environment(true, pattern.namedGroups(), false);

  @Test
  void theyHaveTheValuesOfCelAndFailWhereItFails() {
    int compared = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      compared += compare(expression(3)) ? 1 : 0;
    }
    // Many a random expression is of no type; enough of them are.
    assertThat(compared).as("seed %d", seed).isGreaterThan(EXPRESSIONS / 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line.a || true",
        "true || line.a",
        "line.b && false",
        "line.none || line.a",
        "line.none || true",
        "line.none && line.o.none",
        "line['none'] == 1 || line.l",
        "line['none'] == 1",
        "line.o['none'].none == 1",
      })
  void theyAgreeWhereASideHasNoValueOrIsNoTruth(String source) {
    assertThat(compare(source)).isTrue();
  }

  /** Whether the expression is one for which there is plain code. */
  private boolean compare(String source) {
    return language
        .both(source, setting)
        .map(
            both -> {
              for (String line : LINES) {
                Scope scope = scope(line);
                Object quick = value(both.quick(), scope);
                Object slow = value(both.oracle(), scope);
                assertThat(isSame(quick, slow))
                    .as("seed %d: %s of %s: %s, and CEL says %s", seed, source, line, quick, slow)
                    .isTrue();
              }
              return true;
            })
        .orElse(false);
  }

  /**
   * Of a failure, whether a field is missing must be the same and which: what a condition comes to
   * hangs on it. Other words may differ.
   */
  private static boolean isSame(Object quick, Object slow) {
    if (quick instanceof EvaluationException ours && slow instanceof EvaluationException theirs) {
      return ours.isMissing() == theirs.isMissing()
          && (!ours.isMissing() || String.valueOf(ours.getMessage()).equals(theirs.getMessage()));
    }
    if (quick instanceof EvaluationException || slow instanceof EvaluationException) {
      return false;
    }
    return Kinds.of(quick).equals(Kinds.of(slow)) && Equality.areEqual(quick, slow, new Budget());
  }

  private static Object value(Expression expression, Scope scope) {
    try {
      return expression.value(scope);
    } catch (EvaluationException e) {
      return e;
    }
  }

  private Scope scope(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    JsonObject object = new JsonObject();
    assertThat(object.read(cursor)).isTrue();
    Scope scope = new Scope();
    scope.event(
        new LogEvent().plainMessage(bytes, 0, bytes.length).timestamp(7), bytes, 0, bytes.length);
    scope.line(object);
    Matcher matcher = pattern.matcher(bytes);
    assertThat(matcher.find()).isTrue();
    scope.matched(matcher);
    return scope;
  }

  private String expression(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return one(ATOMS);
    }
    return switch (random.nextInt(6)) {
      case 3 ->
          random.nextBoolean()
              ? "(%s %s %s)".formatted(part(depth), one(LOGIC), part(depth))
              : "(%s == %s %s %s < %s)"
                  .formatted(part(depth), part(depth), one(LOGIC), part(depth), part(depth));
      case 0 -> one(FUNCTIONS) + "(" + expression(depth - 1) + ")";
      case 1 -> "(%s ? %s : %s)".formatted(part(depth), part(depth), part(depth));
      case 2 -> "(%s).%s(%s)".formatted(part(depth), one(METHODS), part(depth));
      default -> "(%s %s %s)".formatted(part(depth), one(OPERATORS), part(depth));
    };
  }

  private String part(int depth) {
    return expression(depth - 1);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
