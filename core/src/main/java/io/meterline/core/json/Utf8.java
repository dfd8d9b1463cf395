package io.meterline.core.json;

/** UTF-8 sequences as RFC 3629 allows them: shortest form, no surrogates, up to U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The length of the sequence beyond ASCII at {@code i}; 0 when the bytes end inside it, -1 when
   * it is none.
   */
  public static int lengthAt(byte[] bytes, int i, int end) {
    int lead = bytes[i] & 0xFF;
    int length = lead < 0xC2 ? -1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : -1;
    for (int k = 1; k < length; k++) {
      if (i + k == end) {
        return 0;
      }
      int next = bytes[i + k] & 0xFF;
      if (next < (k == 1 ? lowestSecond(lead) : 0x80)
          || next > (k == 1 ? highestSecond(lead) : 0xBF)) {
        return -1;
      }
    }
    return length;
  }

  private static int lowestSecond(int lead) {
    return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  }

  private static int highestSecond(int lead) {
    return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  }

  /** Writes a code point, or half a surrogate pair as if it were one; returns the next index. */
  static int write(int codePoint, byte[] out, int at) {
    if (codePoint < 0x80) {
      out[at++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[at++] = (byte) (0xC0 | codePoint >> 6);
      out[at++] = (byte) (0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      out[at++] = (byte) (0xE0 | codePoint >> 12);
      out[at++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      out[at++] = (byte) (0x80 | (codePoint & 0x3F));
    } else {
      out[at++] = (byte) (0xF0 | codePoint >> 18);
      out[at++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
      out[at++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      out[at++] = (byte) (0x80 | (codePoint & 0x3F));
    }
    return at;
  }
}
