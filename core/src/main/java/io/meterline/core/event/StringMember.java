package io.meterline.core.event;

import io.meterline.core.json.JsonText;
import java.nio.charset.StandardCharsets;

/** A member of a document that is a string: where it is, until its text is asked for. */
final class StringMember {
  private final String name;
  private byte[] bytes = {};
  private int from;
  private int to;
  private boolean escaped;

  StringMember(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** It is not there. */
  void clear() {
    from = 0;
    to = 0;
    escaped = false;
  }

  /** It is in {@code document}, its quotes at both ends of the stretch. */
  void at(byte[] document, int start, int end, boolean hasEscapes) {
    bytes = document;
    from = start + 1;
    to = end - 1;
    escaped = hasEscapes;
  }

  /** Empty where it is not there. */
  String text() {
    return text(bytes, from, to, escaped);
  }

  /** What is between quotes. */
  static String text(byte[] bytes, int from, int to, boolean escaped) {
    return escaped
        ? new String(JsonText.unescaped(bytes, from, to), StandardCharsets.UTF_8)
        : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
