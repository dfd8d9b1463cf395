package io.meterline.mapping;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong in a rule file.
 *
 * @param file as the reader was told
 * @param line from 1
 * @param column from 1
 * @param where such as {@code rule 'api', customerId}; empty where it is the file's
 * @param expression the text that is wrong, empty where none is
 */
public record Diagnostic(
    String file, int line, int column, String where, String message, String expression) {
  /** What is said is for a person, and a file may hold a text of a mebibyte. */
  private static final int MOST_CHARACTERS = 1_000;

  public Diagnostic {
    requireNonNull(file, "file is null");
    requireNonNull(where, "where is null");
    requireNonNull(message, "message is null");
    requireNonNull(expression, "expression is null");
  }

  /** On one line: {@code file:line:column: where: message}, and the expression. */
  @Override
  public String toString() {
    String place = "%s:%d:%d: ".formatted(file, line, column);
    String said = where.isEmpty() ? message : where + ": " + message;
    String shown = shortened(expression.strip()).replaceAll("\\s+", " ");
    return place + shortened(said) + (shown.isEmpty() ? "" : "  [" + shown + "]");
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
