package io.meterline.core.find;

import io.meterline.core.json.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The words that announce a record, searched for all at once.
 *
 * <p>Horspool's search over several words, by pairs of bytes: a window as long as the shortest word
 * moves on by as much as its last pair allows. Hardly any pair of a log is in a marker, as single
 * letters do, so that most bytes are never looked at.
 */
public final class Markers {
  /** The words that the reference's filter patterns use. */
  public static final Markers DEFAULT =
      new Markers(List.of("meter_record_for_stream", "meter_record_for_cw"));

  private static final int PAIR_BITS = 12;

  /** The shift of a pair that is in no word. */
  private static final byte WHOLE_WINDOW = Byte.MAX_VALUE;

  private final List<String> words;
  private final byte[][] patterns;
  private final Literal[] glue;
  private final int window;
  private final boolean slash;
  private final byte[] shifts = new byte[1 << PAIR_BITS];

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
    glue = Arrays.stream(patterns).map(p -> new Literal(p, p.length)).toArray(Literal[]::new);
    window = patterns[patterns.length - 1].length;
    slash = words.stream().anyMatch(word -> word.indexOf('/') >= 0);
    Arrays.fill(shifts, WHOLE_WINDOW);
    for (byte[] pattern : patterns) {
      for (int i = 1; i < window; i++) {
        int pair = pair(pattern, i);
        // One that is smaller than need be costs time alone.
        shifts[pair] = (byte) Math.min(shifts[pair], window - 1 - i);
      }
    }
  }

  /** The number of the pair that ends at {@code last}; other pairs may have the same. */
  private static int pair(byte[] text, int last) {
    return (text[last - 1] << 5 ^ text[last]) & ((1 << PAIR_BITS) - 1);
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
  public boolean mayBeEscaped() {
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
      int shift = window == 1 ? 0 : shifts[pair(text, last)];
      if (shift == WHOLE_WINDOW) {
        // Its own branch, for its sake alone: once foretold, the next pair is loaded ahead of time.
        last += window - 1;
      } else if (shift > 0) {
        last += shift;
      } else {
        int start = last - window + 1;
        if (end(text, start, to) >= 0) {
          return start;
        }
        last++;
      }
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
    for (int i = 0; i < patterns.length; i++) {
      int end = start + patterns[i].length;
      if (end <= to && isAt(i, text, start) && (end == to || !isWordByte(text[end]))) {
        return end;
      }
    }
    return -1;
  }

  private boolean isAt(int word, byte[] text, int start) {
    byte[] pattern = patterns[word];
    int end = start + pattern.length;
    // Near the end of the array there are no whole words to compare.
    return end <= text.length - Long.BYTES
        ? glue[word].isAt(text, start)
        : Arrays.equals(text, start, end, pattern, 0, pattern.length);
  }

  private static boolean isWordByte(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }
}
