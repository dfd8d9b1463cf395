package io.meterline.core.json;

/** Passes JSON strings, and tells how the one that was passed last is written. */
final class StringScan {
  /** What {@link #pass} tells where the bytes end inside the string. */
  static final int TRUNCATED = -1;

  /**
   * What {@link #pass} tells where the bytes are no string: {@link #at} and {@link #why} say more.
   */
  static final int MALFORMED = -2;

  /** The letters that make an escape by themselves. */
  private static final boolean[] ESCAPES = new boolean[256];

  static {
    for (char letter : "\"\\/bfnrt".toCharArray()) {
      ESCAPES[letter] = true;
    }
  }

  private final boolean strictText;
  private boolean escaped;
  private boolean unicodeEscaped;
  private int at;
  private String why = "";

  /** A strict one takes nothing but UTF-8 and surrogates in pairs. */
  StringScan(boolean strictText) {
    this.strictText = strictText;
  }

  boolean escaped() {
    return escaped;
  }

  boolean unicodeEscaped() {
    return unicodeEscaped;
  }

  /** Where the fault is. */
  int at() {
    return at;
  }

  String why() {
    return why;
  }

  /**
   * Passes the text of a string that starts at {@code from}; returns the index after its closing
   * quote.
   */
  int pass(byte[] bytes, int from, int end) {
    escaped = false;
    unicodeEscaped = false;
    int i = from;
    while (true) {
      i = strictText ? plain(bytes, i, end) : usual(bytes, i, end);
      if (i >= end) {
        return TRUNCATED;
      }
      byte b = bytes[i];
      if (b == '"') {
        return i + 1;
      }
      if (b >= 0 && b != '\\') {
        return malformed(i, "a raw control character in a string");
      }
      int length = b == '\\' ? escape(bytes, i, end) : beyondAscii(bytes, i, end);
      if (length == 0) {
        return TRUNCATED;
      }
      if (length < 0) {
        return malformed(
            i, b < 0 ? "a string that is not UTF-8" : "an escape that JSON does not have");
      }
      i += length;
    }
  }

  private int malformed(int index, String reason) {
    at = index;
    why = reason;
    return MALFORMED;
  }

  private int beyondAscii(byte[] bytes, int i, int end) {
    return strictText ? Utf8.lengthAt(bytes, i, end) : 1;
  }

  /** The next byte from {@code i} on that is a quote, a backslash, a control or beyond ASCII. */
  private static int plain(byte[] bytes, int from, int end) {
    int i = from;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long special = Swar.special(Swar.get(bytes, i));
      if (special != 0) {
        return i + Swar.first(special);
      }
    }
    return plainBytes(bytes, i, end);
  }

  /** As above, byte by byte: near the end of the bytes there is no whole word. */
  private static int plainBytes(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  /**
   * Passes what most messages are made of: text of any kind, and escapes of one letter. Stops at
   * the unescaped quote, at a control character or at any other escape.
   */
  private int usual(byte[] bytes, int from, int end) {
    int i = from;
    long carry = 0;
    long anyEscape = 0;
    for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = Swar.get(bytes, i);
      if ((Swar.specialAscii(word) | carry) == 0) {
        continue;
      }
      long ends = Swar.quotesAndControls(word);
      long backslashes = Swar.equal(word, Swar.BACKSLASHES);
      long letters = backslashes << Byte.SIZE | carry;
      if ((letters & backslashes) != 0) {
        letters = Swar.escaped(backslashes, carry);
      }
      long unusual = letters & ~(Swar.equal(word, Swar.QUOTES) | backslashes);
      if (unusual != 0) {
        unusual = strange(bytes, i, unusual);
      }
      long stops = (ends & ~letters) | unusual;
      if (stops != 0) {
        long first = Long.lowestOneBit(stops);
        escaped |= (anyEscape | (letters & (first - 1))) != 0;
        int place = i + Swar.first(stops);
        // A letter that makes no escape by itself is looked at again with its backslash.
        return (unusual & first) == 0 ? place : place - 1;
      }
      anyEscape |= letters;
      carry = (backslashes & ~letters) >>> (Long.SIZE - Byte.SIZE);
    }
    escaped |= anyEscape != 0;
    return carry == 0 ? plainBytes(bytes, i, end) : i - 1;
  }

  /** Those of the letters that do not make an escape by themselves. */
  private static long strange(byte[] bytes, int i, long letters) {
    long strange = 0;
    for (long left = letters; left != 0; left &= left - 1) {
      if (!ESCAPES[bytes[i + Swar.first(left)] & 0xFF]) {
        strange |= Long.lowestOneBit(left);
      }
    }
    return strange;
  }

  /** The length of the escape at {@code i}; 0 when the bytes end in it, -1 when it is none. */
  private int escape(byte[] bytes, int i, int end) {
    escaped = true;
    int length = Escapes.lengthAt(bytes, i, end);
    if (length < Escapes.UNICODE_LENGTH) {
      return length;
    }
    unicodeEscaped = true;
    return strictText ? withItsOtherHalf(bytes, i, end) : length;
  }

  /**
   * The length of the escape at {@code i}, and of the one after it if both make a surrogate pair.
   */
  private static int withItsOtherHalf(byte[] bytes, int i, int end) {
    int length = Escapes.UNICODE_LENGTH;
    int unit = Escapes.unit(bytes, i);
    if (!Character.isSurrogate((char) unit)) {
      return length;
    }
    int second = i + length;
    if (Character.isLowSurrogate((char) unit)) {
      return -1;
    }
    if (second == end || (second + 1 == end && bytes[second] == '\\')) {
      return 0;
    }
    if (bytes[second] != '\\' || bytes[second + 1] != 'u') {
      return -1;
    }
    int secondLength = Escapes.lengthAt(bytes, second, end);
    if (secondLength <= 0) {
      return secondLength;
    }
    return Character.isLowSurrogate((char) Escapes.unit(bytes, second))
        ? length + secondLength
        : -1;
  }
}
