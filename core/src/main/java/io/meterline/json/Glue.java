package io.meterline.json;

import java.util.Arrays;

/** Text that is expected somewhere, compared and written eight bytes at a time. */
public final class Glue {
  private final byte[] padded;
  private final int length;
  private final int wholeWords;
  private final long lastWord;
  private final long lastMask;

  /** The text in {@code bytes[0, length)}. */
  public Glue(byte[] bytes, int length) {
    this.length = length;
    this.wholeWords = length / Long.BYTES * Long.BYTES;
    this.padded = Arrays.copyOf(Arrays.copyOf(bytes, length), wholeWords + Long.BYTES);
    this.lastWord = Words.get(padded, wholeWords);
    // Of a length that is a multiple of eight nothing is left, and a shift by 64 is one by 0.
    this.lastMask =
        length == wholeWords ? 0 : -1L >>> (Long.SIZE - (length - wholeWords) * Byte.SIZE);
  }

  public int length() {
    return length;
  }

  /** Whether it stands at {@code at}, and not within the last few bytes of the array. */
  public boolean isAt(byte[] text, int at) {
    if (at > text.length - padded.length) {
      return false;
    }
    for (int i = 0; i < wholeWords; i += Long.BYTES) {
      if (Words.get(text, at + i) != Words.get(padded, i)) {
        return false;
      }
    }
    return ((Words.get(text, at + wholeWords) ^ lastWord) & lastMask) == 0;
  }

  /** Writes it, and up to eight bytes more behind it; returns the index behind it. */
  public int write(byte[] out, int at) {
    for (int i = 0; i < wholeWords; i += Long.BYTES) {
      Words.put(out, at + i, Words.get(padded, i));
    }
    Words.put(out, at + wholeWords, lastWord);
    return at + length;
  }
}
