package io.meterline.mapping;

import java.util.Set;
import java.util.regex.Pattern;

/** Writes names as expressions and expressions as YAML. */
final class Expressible {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.()]*");

  /** What YAML reads as something else than text, and CEL's own words. */
  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while",
          "yes",
          "no",
          "on",
          "off",
          "y",
          "n");

  private Expressible() {}

  /** The expression for a member of what another expression gives. */
  static String member(String of, String name) {
    return NAME.matcher(name).matches() && !WORDS.contains(name)
        ? of + "." + name
        : of + "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
  }

  /** The text as a scalar of YAML. */
  static String yaml(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text)) {
      return text;
    }
    boolean simple = text.chars().noneMatch(c -> c < ' ' || c == 127);
    return simple
        ? "'" + text.replace("'", "''") + "'"
        : "\""
            + text.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"";
  }
}
