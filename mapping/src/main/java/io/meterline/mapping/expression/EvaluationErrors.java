package io.meterline.mapping.expression;

import dev.cel.runtime.CelEvaluationException;
import io.meterline.mapping.value.EvaluationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What CEL's runtime says of a failed evaluation, in words for who wrote the rule. */
final class EvaluationErrors {
  private static final Pattern MISSING = Pattern.compile("key '(.*)' is not present in map");
  private static final Pattern NOT_AN_OBJECT = Pattern.compile("Error resolving field '(.*?)'");
  private static final Pattern UNFIT = Pattern.compile("No matching overload for function '(.*?)'");
  private static final Pattern PLACE = Pattern.compile("^evaluation error(?: at [^ ]*)?: ");

  private EvaluationErrors() {}

  static EvaluationException of(CelEvaluationException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EvaluationException ours) {
        return ours;
      }
    }
    String message = PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    return switch (e.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND -> missing(message);
      case DIVIDE_BY_ZERO -> EvaluationException.of("division by zero");
      case NUMERIC_OVERFLOW -> EvaluationException.of("overflow: " + message);
      case OVERLOAD_NOT_FOUND -> unfit(message);
      case ITERATION_BUDGET_EXCEEDED -> EvaluationException.of("a loop of too many steps");
      default -> EvaluationException.of(message);
    };
  }

  private static EvaluationException missing(String message) {
    Matcher key = MISSING.matcher(message);
    if (key.find()) {
      return EvaluationException.missing(key.group(1));
    }
    Matcher field = NOT_AN_OBJECT.matcher(message);
    return field.find()
        ? EvaluationException.of(
            "'%s' is read from a value that is not an object".formatted(field.group(1)))
        // Of line['a'] the runtime says no more than the key.
        : EvaluationException.missing(message);
  }

  private static EvaluationException unfit(String message) {
    Matcher function = UNFIT.matcher(message);
    return function.find()
        ? EvaluationException.of(
            "'%s' does not take what it is given".formatted(function.group(1).replace("_", "")))
        : EvaluationException.of(message);
  }
}
