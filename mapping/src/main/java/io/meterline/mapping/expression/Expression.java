package io.meterline.mapping.expression;

import io.meterline.mapping.value.EvaluationException;

/** An expression that was compiled. */
@FunctionalInterface
public interface Expression {
  /**
   * Its value for the event that the scope shows.
   *
   * @throws EvaluationException where it has none
   */
  Object value(Scope scope);
}
