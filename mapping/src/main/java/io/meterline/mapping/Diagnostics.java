package io.meterline.mapping;

import io.meterline.mapping.expression.ExpressionError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What was found wrong in a rule file so far. */
final class Diagnostics {
  /** A file may be wrong in each of its values, and as often in the same one by its aliases. */
  private static final int MOST = 100;

  private final String file;
  private final String[] lines;
  private final List<Diagnostic> found = new ArrayList<>();

  Diagnostics(String file, String text) {
    this.file = file;
    this.lines = text.split("\\R", -1);
  }

  void add(Node at, String where, String message) {
    add(at.getStartMark(), where, message);
  }

  void add(Optional<Mark> at, String where, String message) {
    int line = at.map(Mark::getLine).orElse(0) + 1;
    int column = at.map(Mark::getColumn).orElse(0) + 1;
    add(new Diagnostic(file, line, column, where, message, ""));
  }

  /** A mistake in the expression that the scalar is. */
  void add(ScalarNode scalar, String where, ExpressionError mistake) {
    Optional<Mark> mark = scalar.getStartMark();
    int line = mark.map(Mark::getLine).orElse(0) + 1;
    int column = mark.map(Mark::getColumn).orElse(0) + 1;
    boolean oneLine = !scalar.getValue().strip().contains("\n");
    ScalarStyle style = scalar.getScalarStyle();
    if (style == ScalarStyle.LITERAL) {
      line += mistake.line();
      column = indent(line) + mistake.column() + 1;
    } else if (oneLine && style != ScalarStyle.FOLDED) {
      column += mistake.column() + (style == ScalarStyle.PLAIN ? 0 : 1);
    }
    add(new Diagnostic(file, line, column, where, mistake.message(), scalar.getValue()));
  }

  private void add(Diagnostic problem) {
    if (found.size() < MOST) {
      found.add(problem);
    } else if (found.size() == MOST) {
      String more = "there are more than %d problems; the others are not listed".formatted(MOST);
      found.add(new Diagnostic(file, problem.line(), problem.column(), "", more, ""));
    }
  }

  private int indent(int line) {
    String text = line <= lines.length ? lines[line - 1] : "";
    return text.length() - text.stripLeading().length();
  }

  int count() {
    return found.size();
  }

  /**
   * Does nothing where nothing was found.
   *
   * @throws BadRules with all that was found
   */
  void raise() throws BadRules {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column));
      throw new BadRules(found);
    }
  }
}
