package io.meterline.mapping.expression;

import java.util.List;

/** What became of the text of an expression. */
public sealed interface Compiled {
  /** It can be evaluated. */
  record Right(Expression expression) implements Compiled {}

  /** It is wrong. */
  record Wrong(List<ExpressionError> mistakes) implements Compiled {
    public Wrong {
      mistakes = List.copyOf(mistakes);
    }
  }
}
