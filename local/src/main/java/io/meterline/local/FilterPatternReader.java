package io.meterline.local;

import java.util.ArrayList;
import java.util.List;

/** Takes a filter pattern apart. Positions in its messages count from 1. */
final class FilterPatternReader {
  private final String text;
  private final List<String> all = new ArrayList<>();
  private final List<String> any = new ArrayList<>();
  private final List<String> none = new ArrayList<>();
  private int at;

  FilterPatternReader(String text) {
    this.text = text;
  }

  void read() {
    if (text.length() > FilterPattern.MAX_CHARACTERS) {
      throw wrong(
          FilterPattern.MAX_CHARACTERS,
          "the pattern has %d characters, and %d are allowed"
              .formatted(text.length(), FilterPattern.MAX_CHARACTERS));
    }
    skipSpaces();
    if (at < text.length()) {
      switch (text.charAt(at)) {
        case '{' -> throw wrong(at, "JSON patterns are not supported here, only terms");
        case '[' -> throw wrong(at, "space-delimited patterns are not supported here, only terms");
        case '%' -> throw wrong(at, "regular expressions are not supported here, only terms");
        default -> {}
      }
    }
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case '?' -> any.add(marked());
        case '-' -> none.add(marked());
        default -> all.add(term());
      }
      if (at < text.length() && text.charAt(at) != ' ') {
        throw wrong(at, "a space is expected after a quoted term");
      }
      skipSpaces();
    }
  }

  List<String> all() {
    return all;
  }

  List<String> any() {
    return any;
  }

  List<String> none() {
    return none;
  }

  private String marked() {
    char mark = text.charAt(at++);
    if (at == text.length() || text.charAt(at) == ' ') {
      throw wrong(at - 1, "'" + mark + "' has no term");
    }
    return term();
  }

  private String term() {
    return text.charAt(at) == '"' ? quoted() : word();
  }

  private String quoted() {
    int opening = at++;
    StringBuilder term = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        if (term.isEmpty()) {
          throw wrong(opening, "a quoted term is empty");
        }
        return term.toString();
      }
      boolean escapes =
          c == '\\' && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\');
      term.append(escapes ? text.charAt(at++) : c);
    }
    throw wrong(opening, "the quote is not closed");
  }

  private String word() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ' ') {
      char c = text.charAt(at);
      if (!Character.isLetterOrDigit(c) && c != '_') {
        throw wrong(at, "a term with '" + c + "' must be in quotes");
      }
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException wrong(int position, String what) {
    return new IllegalArgumentException(
        "filter pattern, character %d: %s".formatted(position + 1, what));
  }
}
