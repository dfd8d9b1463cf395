package io.meterline.mapping;

import com.google.re2j.Matcher;
import io.meterline.core.json.Escapes;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;
import io.meterline.core.record.LogEvent;
import io.meterline.mapping.Expressions.NamedExpression;
import io.meterline.mapping.expression.Regex;
import io.meterline.mapping.expression.Scope;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.JsonObject;
import io.meterline.mapping.value.Kinds;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One log event as rules look at it. It is unescaped, and read as JSON, once for all of them, and
 * only where one needs it. Not for several threads.
 */
final class RuleView {
  private static final RuleMatch TOLD =
      new RuleMatch.No("the line starts like JSON but is not JSON, as another rule reports");
  private static final RuleMatch NOT_JSON = new RuleMatch.No("the line is not a JSON object");
  private static final RuleMatch NO_MATCH = new RuleMatch.No("the regex does not match");
  private static final RuleMatch NOT_UTF8 = new RuleMatch.Unknown("the message is not UTF-8");
  private static final RuleMatch CONDITION = new RuleMatch.No("the condition is not true");

  private final @Nullable Matcher[] matchers;
  private final Scope scope = new Scope();
  private final Budget budget = scope.budget();
  private final JsonObject line = new JsonObject(budget);
  private final JsonCursor cursor = JsonCursor.strict();
  private final Escapes escapes = new Escapes();
  private byte[] unescaped = {};
  private byte[] bytes = {};
  private int from;
  private int to;
  private @Nullable RuleMatch json;

  RuleView(List<Rule> rules) {
    matchers =
        rules.stream()
            .map(rule -> rule.head().regex() == null ? null : rule.head().regex().matcher(""))
            .toArray(Matcher[]::new);
  }

  /** Looks at another event. */
  void show(LogEvent event) {
    bytes = event.bytes();
    from = event.messageFrom();
    to = event.messageTo();
    if (event.isEscaped()) {
      if (unescaped.length < to - from + Escapes.SLACK) {
        unescaped = new byte[2 * (to - from) + Escapes.SLACK];
      }
      escapes.decode(bytes, from, to, unescaped);
      bytes = unescaped;
      from = 0;
      to = escapes.written();
    }
    json = null;
    scope.event(event, bytes, from, to);
    scope.item(null);
  }

  Scope scope() {
    return scope;
  }

  void search(WordSearch words, long[] found) {
    words.search(bytes, from, to, found);
  }

  /** What rules may still do on the event. */
  Budget budget() {
    return budget;
  }

  /** Whether the rule takes the event, as far as its line, regex and condition go. */
  RuleMatch take(Rule rule) {
    budget.startRule();
    try {
      return taken(rule);
    } catch (EvaluationException e) {
      return new RuleMatch.Unknown(e.why());
    }
  }

  private RuleMatch taken(Rule rule) {
    if (rule.head().json()) {
      RuleMatch readable = json();
      if (!(readable instanceof RuleMatch.Yes)) {
        return readable;
      }
    }
    Matcher matcher = matchers[rule.index()];
    if (matcher != null) {
      Regex.pay(matcher.pattern(), to - from, budget);
      if (!isUtf8()) {
        // The engine stops at a byte that is none: a name would be cut, and be another one's.
        return NOT_UTF8;
      }
      // Offsets of a match count from the message's start, so the matcher gets it alone.
      matcher.reset(from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to));
      if (!matcher.find()) {
        return NO_MATCH;
      }
      scope.matched(matcher);
    }
    return rule.when() == null ? RuleMatch.YES : condition(rule.when());
  }

  private boolean isUtf8() {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return JsonText.isUtf8(Arrays.copyOfRange(bytes, i, to));
      }
    }
    return true;
  }

  /** A condition over a field that is not there is not true; any other failure is one. */
  RuleMatch condition(NamedExpression condition) {
    try {
      Object value = condition.expression().value(scope);
      if (value instanceof Boolean truth) {
        return truth ? RuleMatch.YES : CONDITION;
      }
      return new RuleMatch.Unknown(
          RecordText.named(
                  condition,
                  EvaluationException.of(
                      "is %s, where true or false is needed".formatted(Kinds.of(value))))
              .why());
    } catch (EvaluationException e) {
      return e.isMissing()
          ? new RuleMatch.No("the condition can't be true: " + e.why())
          : new RuleMatch.Unknown(RecordText.named(condition, e).why());
    }
  }

  private RuleMatch json() {
    RuleMatch known = json;
    if (known == null) {
      known = read();
      // What no rule can read is one entry, not one for each of them.
      json = known instanceof RuleMatch.Unknown ? TOLD : known;
    }
    return known;
  }

  private RuleMatch read() {
    cursor.reset(bytes, from, to);
    if (cursor.peek() != '{') {
      return NOT_JSON;
    }
    int start = cursor.at();
    boolean read;
    try {
      read = line.read(cursor);
    } catch (EvaluationException e) {
      return new RuleMatch.Unknown("the line is " + e.why());
    }
    if (!read) {
      return new RuleMatch.Unknown(
          "the line starts like JSON but is not JSON: byte %d: %s"
              .formatted(cursor.at() - start, cursor.why()));
    }
    int end = cursor.at();
    if (cursor.peek() >= 0) {
      return new RuleMatch.Unknown(
          "the line starts like JSON but is not JSON: byte %d: there is more after its end"
              .formatted(end - start));
    }
    scope.line(line);
    return RuleMatch.YES;
  }
}
