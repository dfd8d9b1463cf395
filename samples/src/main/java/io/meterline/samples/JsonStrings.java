package io.meterline.samples;

/** JSON strings, escaped as AWS escapes them: what must be, and nothing else. */
public final class JsonStrings {
  private JsonStrings() {}

  /** The text as a JSON string, with its quotes. */
  public static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  /** The text as it is between the quotes of a JSON string. */
  public static String escaped(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.toString();
  }

  /** As above, with every character as an escape of the form {@code \\uXXXX}. */
  public static String unicodeEscaped(String text) {
    StringBuilder json = new StringBuilder(6 * text.length());
    for (int i = 0; i < text.length(); i++) {
      json.append("\\u%04x".formatted((int) text.charAt(i)));
    }
    return json.toString();
  }

  /** The text as it is when strings are {@code depth} deep inside one another. */
  public static String nested(String text, int depth) {
    String nested = text;
    for (int i = 0; i < depth; i++) {
      nested = escaped(nested);
    }
    return nested;
  }
}
