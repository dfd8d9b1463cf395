package io.meterline.core.find;

/** What may be between a marker and its value, as a logger's format puts it there. */
public final class Separators {
  private Separators() {}

  /** Where that starts in {@code text[from, to)} which is no filler. */
  public static int end(byte[] text, int from, int to) {
    int i = from;
    while (i < to && (isFiller(text[i]) || isEscapedSpace(text, i, from))) {
      i++;
    }
    return i;
  }

  private static boolean isFiller(byte b) {
    return switch (b) {
      case ' ', '\t', '\r', '\n', ':', '=', '-', '>', ',', '"', '\\' -> true;
      default -> false;
    };
  }

  /** White space in a line that is in a JSON string: the letter after a backslash. */
  private static boolean isEscapedSpace(byte[] text, int index, int from) {
    return index > from
        && text[index - 1] == '\\'
        && (text[index] == 'n' || text[index] == 't' || text[index] == 'r');
  }
}
