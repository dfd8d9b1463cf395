package io.meterline.mapping;

import com.google.re2j.PatternSyntaxException;

/** What is wrong with a regular expression, in words for who wrote it. */
final class RegexMistake {
  private RegexMistake() {}

  static String words(PatternSyntaxException e) {
    String part = e.getPattern() == null ? "" : " at '" + e.getPattern() + "'";
    String why = e.getDescription();
    if (part.contains("(?=")
        || part.contains("(?!")
        || part.contains("(?<=")
        || part.contains("(?<!")) {
      return "look-around%s is refused: it backtracks, and a line could take for ever; match what stands there, and capture the part you need"
          .formatted(part);
    }
    if (part.contains("(?>") || part.contains("*+") || part.contains("++") || part.contains("?+")) {
      return "possessive and atomic groups%s are refused: matching never backtracks here, so leave them out"
          .formatted(part);
    }
    if (part.matches(".*\\\\[1-9].*") || part.contains("\\k") || part.contains("(?P=")) {
      return "a back-reference%s is refused: it backtracks, and a line could take for ever; compare two groups in 'when' instead"
          .formatted(part);
    }
    return "it does not compile: " + why + part;
  }
}
