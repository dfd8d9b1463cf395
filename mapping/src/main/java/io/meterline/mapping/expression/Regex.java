package io.meterline.mapping.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meterline.mapping.value.Budget;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A regular expression whose size is known before it is compiled: nested repetitions such as {@code
 * ((a{1000}){1000}){1000}} would take all memory otherwise.
 */
public final class Regex {
  /** The longest, in characters. */
  public static final int MOST_CHARACTERS = 2_000;

  private static final int MOST_SIZE = 20_000;
  private static final int MOST_DEPTH = 100;
  private static final String TOO_LARGE = "its repetitions make it too large; repeat less often";

  private Regex() {}

  /**
   * Compiles it.
   *
   * @throws PatternSyntaxException where it is none
   * @throws IllegalArgumentException where it is too large, with words for who wrote it
   */
  public static Pattern compile(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "it has %d characters; the limit is %d".formatted(text.length(), MOST_CHARACTERS));
    }
    if (size(text) > MOST_SIZE) {
      throw new IllegalArgumentException(TOO_LARGE);
    }
    Pattern pattern = Pattern.compile(text);
    if (pattern.programSize() > MOST_SIZE) {
      throw new IllegalArgumentException(TOO_LARGE);
    }
    return pattern;
  }

  /** Takes the steps of a match: each character is held against a part of the program at worst. */
  public static void pay(Pattern pattern, int length, Budget budget) {
    budget.read(length, 4 + pattern.programSize() / 16);
  }

  /**
   * About how large the program becomes: a repetition counts its operand as often as it repeats.
   */
  private static long size(String text) {
    Deque<Long> outer = new ArrayDeque<>();
    long total = 0;
    long last = 0;
    boolean inClass = false;
    for (int i = 0; i < text.length() && total <= MOST_SIZE; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i = skipQuoted(text, i);
        last = inClass ? last : 1;
        total += inClass ? 0 : 1;
      } else if (inClass) {
        inClass = c != ']' || text.charAt(i - 1) == '[';
      } else if (c == '(') {
        if (outer.size() >= MOST_DEPTH) {
          throw new IllegalArgumentException(
              "its groups are nested deeper than %d".formatted(MOST_DEPTH));
        }
        outer.push(total);
        total = 0;
        last = 0;
      } else if (c == ')' && !outer.isEmpty()) {
        last = total + 2;
        total = outer.pop() + last;
      } else if (c == '{') {
        long times = times(text, i);
        total += last * Math.max(0, times - 1);
        last *= Math.max(1, times);
      } else if (c != '*' && c != '+' && c != '?') {
        inClass = c == '[';
        last = 1;
        total++;
      }
    }
    return total;
  }

  /** Of {@code \Q…\E} its end, else the character after the backslash. */
  private static int skipQuoted(String text, int backslash) {
    if (text.startsWith("\\Q", backslash)) {
      int end = text.indexOf("\\E", backslash);
      return end < 0 ? text.length() : end + 1;
    }
    return backslash + 1;
  }

  /** The most repetitions of a {@code {n}}, {@code {n,}} or {@code {n,m}}; 1 where it is none. */
  private static long times(String text, int brace) {
    int end = text.indexOf('}', brace);
    String inside = end < 0 ? "" : text.substring(brace + 1, end);
    if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
      return 1;
    }
    int comma = inside.indexOf(',');
    long least = Long.parseLong(comma < 0 ? inside : inside.substring(0, comma));
    return comma < 0 || comma == inside.length() - 1
        ? least + 1
        : Math.max(least, Long.parseLong(inside.substring(comma + 1)));
  }
}
