package io.meterline.core.json;

import java.util.Arrays;

/** Text that is expected somewhere, compared and written eight bytes at a time. */
public final class Literal {
  private final long[] words;
  private final int length;
  private final int last;
  private final long lastMask;

  /** The text in {@code bytes[0, length)}. */
  public Literal(byte[] bytes, int length) {
    this.length = length;
    this.last = length / Long.BYTES;
    this.words = new long[last + 1];
    byte[] padded = Arrays.copyOf(Arrays.copyOf(bytes, length), words.length * Long.BYTES);
    Arrays.setAll(words, i -> Swar.get(padded, i * Long.BYTES));
    this.lastMask = (1L << (length % Long.BYTES * Byte.SIZE)) - 1;
  }

  public int length() {
    return length;
  }

  /** Whether it is at {@code at}, and not within the last few bytes of the array. */
  public boolean isAt(byte[] text, int at) {
    if (at > text.length - words.length * Long.BYTES) {
      return false;
    }
    int i = at;
    for (int k = 0; k < last; k++) {
      if (Swar.get(text, i) != words[k]) {
        return false;
      }
      i += Long.BYTES;
    }
    return ((Swar.get(text, i) ^ words[last]) & lastMask) == 0;
  }

  /** Writes it, and up to eight bytes more after it; returns the index after it. */
  public int write(byte[] out, int at) {
    int i = at;
    for (long word : words) {
      Swar.put(out, i, word);
      i += Long.BYTES;
    }
    return at + length;
  }
}
