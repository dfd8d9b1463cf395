package io.meterline.ledger.usage;

import org.jspecify.annotations.Nullable;

/** Writes fields of CSV (RFC 4180). Nothing is an empty field, an empty text two quotes. */
public enum CsvFields {
  /** Every text as it is, for programs. */
  EXACT(""),
  /**
   * For a file that a spreadsheet opens: a text that it would take for a formula gets an apostrophe
   * in front. Numbers are written as they are.
   */
  SPREADSHEET("=+-@\t\r\n");

  private final String formulas;

  CsvFields(String formulas) {
    this.formulas = formulas;
  }

  /** Adds a text, without a comma. */
  public void text(@Nullable String text, StringBuilder out) {
    if (text == null) {
      return;
    }
    boolean isFormula = !text.isEmpty() && formulas.indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    if (safe.isEmpty() || safe.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')) {
      out.append('"').append(safe.replace("\"", "\"\"")).append('"');
    } else {
      out.append(safe);
    }
  }
}
