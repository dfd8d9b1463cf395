package io.meterline.mapping.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.bundle.CelBuilder;
import dev.cel.runtime.CelFunctionBinding;
import io.meterline.mapping.value.Budget;
import io.meterline.mapping.value.EvaluationException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** CEL's {@code matches}, with patterns of bounded size that are compiled once. */
final class Matching {
  /** Patterns are written in rules, but may be computed: no more than this are kept. */
  private static final int MOST_PATTERNS = 256;

  /** The steps of compiling a pattern, for each of its characters. */
  private static final int COMPILE = 1_000;

  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  private Matching() {}

  @SuppressWarnings("Immutable") // Patterns are kept: what it gives is the same as without.
  static void addTo(CelBuilder language) {
    Matching matching = new Matching();
    language.addFunctionBindings(
        CelFunctionBinding.from("matches", String.class, String.class, matching::matches),
        CelFunctionBinding.from("matches_string", String.class, String.class, matching::matches));
  }

  private Object matches(String text, String regex) {
    Budget budget = Budget.current();
    budget.take(regex.length());
    Pattern known = patterns.get(regex);
    Pattern pattern = known == null ? compiled(regex, budget) : known;
    Regex.pay(pattern, text.length(), budget);
    return pattern.matcher(text).find();
  }

  private Pattern compiled(String regex, Budget budget) {
    budget.take((long) COMPILE * regex.length());
    Pattern pattern;
    try {
      pattern = Regex.compile(regex);
    } catch (PatternSyntaxException e) {
      throw EvaluationException.of(
          "matches: the regular expression does not compile: " + e.getDescription());
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of("matches: the regular expression: " + e.getMessage());
    }
    if (patterns.size() < MOST_PATTERNS) {
      patterns.put(regex, pattern);
    }
    return pattern;
  }
}
