package io.meterline.mapping;

import io.meterline.mapping.value.EvaluationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of JSON text that are being written, over and over in the same array. */
final class Utf8Buffer {
  /** More than any record may have: what would be longer is refused before it takes memory. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private byte[] bytes = new byte[1024];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      if (length + more > MOST_BYTES) {
        throw EvaluationException.of(
            "the record becomes longer than %d bytes".formatted(MOST_BYTES));
      }
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  void ascii(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  void ascii(byte[] text, int from, int to) {
    reserve(to - from);
    System.arraycopy(text, from, bytes, length, to - from);
    length += to - from;
  }

  /** A JSON string. */
  void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    // Each byte takes six at most, as an escape.
    reserve(Math.min(6 * utf8.length + 2, MOST_BYTES));
    ascii('"');
    for (byte b : utf8) {
      if (b >= 0 && (b < ' ' || b == '"' || b == '\\')) {
        escape(b);
      } else {
        reserve(1);
        bytes[length++] = b;
      }
    }
    ascii('"');
  }

  private void escape(byte b) {
    switch (b) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        ascii("\\u00");
        ascii(Character.forDigit(b >> 4, 16));
        ascii(Character.forDigit(b & 15, 16));
      }
    }
  }
}
