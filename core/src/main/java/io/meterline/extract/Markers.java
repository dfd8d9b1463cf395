package io.meterline.extract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The words that announce a record, searched for all at once.
 *
 * <p>Horspool's search over several words: a window as long as the shortest word moves on by as
 * much as its last byte allows, so that most bytes of a log are never looked at.
 */
public final class Markers {
  /** The words that the reference's filter patterns use. */
  public static final Markers DEFAULT =
      new Markers(List.of("meter_record_for_stream", "meter_record_for_cw"));

  private final List<String> words;
  private final byte[][] patterns;
  private final int window;
  private final boolean slash;
  private final int[] shifts = new int[256];

  /** Each word is printable ASCII without quote or backslash; between 1 and 64 of them. */
  public Markers(List<String> words) {
    this.words = List.copyOf(words);
    if (words.isEmpty() || words.size() > 64) {
      throw new IllegalArgumentException("there must be 1 to 64 markers, not " + words.size());
    }
    words.forEach(Markers::check);
    patterns = new byte[words.size()][];
    Arrays.setAll(patterns, i -> words.get(i).getBytes(StandardCharsets.US_ASCII));
    // Where one marker begins another, the longer one is tried first.
    Arrays.sort(patterns, (a, b) -> b.length - a.length);
    window = patterns[patterns.length - 1].length;
    slash = words.stream().anyMatch(word -> word.indexOf('/') >= 0);
    Arrays.fill(shifts, window);
    for (byte[] pattern : patterns) {
      for (int i = 0; i < window; i++) {
        shifts[pattern[i]] = Math.min(shifts[pattern[i]], window - 1 - i);
      }
    }
  }

  private static void check(String word) {
    boolean right =
        !word.isBlank() && word.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\');
    if (!right) {
      throw new IllegalArgumentException(
          "marker '" + word + "' must be printable ASCII without quotes and backslashes");
    }
  }

  public List<String> words() {
    return words;
  }

  /** Whether some JSON writer escapes a character of theirs: a slash is all that any does. */
  boolean mayBeEscaped() {
    return slash;
  }

  /** The length in bytes of the longest of them. */
  public int longest() {
    return patterns[0].length;
  }

  /** Where the next marker that is a word of its own starts in {@code [from, to)}; -1 if none. */
  public int find(byte[] text, int from, int to) {
    int last = from + window - 1;
    while (last < to) {
      int shift = shifts[text[last] & 0xFF];
      if (shift > 0) {
        last += shift;
        continue;
      }
      int start = last - window + 1;
      if (end(text, start, to) >= 0) {
        return start;
      }
      last++;
    }
    return -1;
  }

  /**
   * Where a last word starts in {@code [from, to)} that is a marker, or would be one with some
   * bytes more; {@code to} if none does.
   */
  public int beginning(byte[] text, int from, int to) {
    for (int start = Math.max(from, to - longest()); start < to; start++) {
      for (byte[] pattern : patterns) {
        int length = to - start;
        if (length <= pattern.length && Arrays.equals(text, start, to, pattern, 0, length)) {
          return start;
        }
      }
    }
    return to;
  }

  /** Where the marker that starts at {@code start} ends; -1 if none starts there. */
  int end(byte[] text, int start, int to) {
    for (byte[] pattern : patterns) {
      int end = start + pattern.length;
      if (end <= to
          && Arrays.equals(text, start, end, pattern, 0, pattern.length)
          && (end == to || !isWordByte(text[end]))) {
        return end;
      }
    }
    return -1;
  }

  private static boolean isWordByte(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }
}
