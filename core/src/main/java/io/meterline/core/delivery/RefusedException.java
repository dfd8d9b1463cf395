package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * A receiver accepts nothing with the settings that there are. The message quotes its answer, which
 * may quote anything, also a record.
 */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private static final int MAX_QUOTE = 300;

  private final String withoutQuote;

  /**
   * @param refusal where, and with which status
   * @param quote what the receiver said; may be empty
   * @param rest what it means and what to do
   */
  public RefusedException(String refusal, String quote, String rest) {
    super(refusal + quoted(quote) + ": " + rest);
    withoutQuote = requireNonNull(refusal, "refusal is null") + ": " + rest;
  }

  /** The message without the receiver's own words: for logs that must not hold a record. */
  public String withoutQuote() {
    return withoutQuote;
  }

  /** On one line, and without what a terminal would obey. */
  private static String quoted(String text) {
    String line = text.replaceAll("[\\s\\p{C}\\x{2028}\\x{2029}]+", " ").strip();
    if (line.isEmpty()) {
      return "";
    }
    return " \"" + (line.length() <= MAX_QUOTE ? line : line.substring(0, MAX_QUOTE) + "…") + "\"";
  }
}
