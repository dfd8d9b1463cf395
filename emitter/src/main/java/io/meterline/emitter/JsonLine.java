package io.meterline.emitter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line in the making, printable ASCII only. */
final class JsonLine {
  private static final int FIRST_CAPACITY = 512;
  private static final int MOST_KEPT = 8 * 1024;
  private static final int MOST_DIGITS = 20;
  private static final byte[] HEX = ascii("0123456789abcdef");

  private final int maxBytes;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  JsonLine(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether it is small enough to wait for the next record. */
  boolean isWorthKeeping() {
    return bytes.length <= MOST_KEPT;
  }

  String text() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** The line and its line feed, in one write. */
  void writeTo(OutputStream out) throws IOException {
    reserve(1);
    bytes[length] = '\n';
    out.write(bytes, 0, length + 1);
  }

  void clear() {
    length = 0;
  }

  JsonLine add(byte[] ascii) {
    reserve(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
    return this;
  }

  JsonLine add(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonLine add(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  JsonLine add(long number) {
    if (number == Long.MIN_VALUE) {
      return add(Long.toString(number));
    }
    reserve(MOST_DIGITS);
    long rest = Math.abs(number);
    if (number < 0) {
      bytes[length++] = '-';
    }
    int digits = 1;
    for (long limit = 10; digits < MOST_DIGITS - 1 && rest >= limit; limit *= 10) {
      digits++;
    }
    length += digits;
    int at = length;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return this;
  }

  /** Adds a JSON string; false where the text holds half a surrogate pair, which JSON can't say. */
  boolean addString(String text) {
    int count = text.length();
    add('"');
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
        reserve(count - i);
        bytes[length++] = (byte) c;
      } else if (!Character.isSurrogate(c)) {
        escape(c);
      } else if (i + 1 < count && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        unicode(c);
        unicode(text.charAt(++i));
      } else {
        return false;
      }
    }
    add('"');
    return true;
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> add('\\').add(c);
      case '\b' -> add('\\').add('b');
      case '\f' -> add('\\').add('f');
      case '\n' -> add('\\').add('n');
      case '\r' -> add('\\').add('r');
      case '\t' -> add('\\').add('t');
      default -> unicode(c);
    }
  }

  private void unicode(char c) {
    reserve(6);
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xF];
    }
  }

  /** Refuses a line that its way could not carry, once it is whole. */
  void checkLength() {
    if (length > maxBytes) {
      throw tooLong();
    }
    // Only a line that is half as long can be too long by what is escaped in it.
    if (length > maxBytes / 2) {
      long counted = length;
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '"' || bytes[i] == '\\') {
          counted++;
        }
      }
      if (counted > maxBytes) {
        throw tooLong();
      }
    }
  }

  private IllegalArgumentException tooLong() {
    return new IllegalArgumentException(
        "the line would have more than "
            + maxBytes
            + " bytes (maxLineBytes), and its log might cut it: give fewer or shorter dimensions");
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      if (length > maxBytes) {
        throw tooLong();
      }
      long doubled = Math.max(2L * bytes.length, (long) length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, Integer.MAX_VALUE - 16));
    }
  }
}
