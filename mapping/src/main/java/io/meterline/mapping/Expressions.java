package io.meterline.mapping;

import io.meterline.mapping.expression.Compiled;
import io.meterline.mapping.expression.Environment;
import io.meterline.mapping.expression.ExpectedType;
import io.meterline.mapping.expression.Expression;
import io.meterline.mapping.expression.ExpressionError;
import io.meterline.mapping.expression.Language;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Compiles the expressions of a rule file, and notes what is wrong with them. */
record Expressions(Language language, Diagnostics problems) {
  /** The expression that the node is; empty, and a problem, where it is none. */
  Optional<NamedExpression> compile(
      Node node, String field, String where, ExpectedType need, Environment setting) {
    String whole = where + ", " + field;
    Optional<ScalarNode> scalar = Section.scalar(node, whole, "an expression", problems);
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String source = scalar.get().getValue();
    return switch (language.compile(source, need, setting)) {
      case Compiled.Right right ->
          Optional.of(new NamedExpression(field, source.strip(), need, right.expression()));
      case Compiled.Wrong wrong -> {
        for (ExpressionError mistake : wrong.mistakes()) {
          problems.add(scalar.get(), whole, mistake);
        }
        yield Optional.empty();
      }
    };
  }

  /** An expression, what it is for, and how it is written. */
  record NamedExpression(String field, String source, ExpectedType need, Expression expression) {}
}
