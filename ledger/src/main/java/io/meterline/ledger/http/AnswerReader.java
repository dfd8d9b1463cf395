package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a JSON answer member by member; numbers stay text and keep their digits. */
final class AnswerReader {
  private static final int DEPTH = 16;

  private final byte[] bytes;
  private final JsonCursor cursor = JsonCursor.strict();

  /** Reads the value of a member or element. */
  @FunctionalInterface
  interface Value {
    void read(String name) throws IOException;
  }

  AnswerReader(byte[] bytes) {
    this.bytes = bytes;
    cursor.reset(bytes, 0, bytes.length);
  }

  /** Shows the names of an object's members; the visitor reads their values. */
  void object(Value member) throws IOException {
    check(cursor.peek() == '{');
    for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
      member.read(cursor.name());
    }
    check(cursor.fault() == JsonCursor.Fault.NONE);
  }

  /** Has the visitor read each element of an array. */
  void array(Value element) throws IOException {
    check(cursor.peek() == '[');
    for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
      element.read("");
    }
    check(cursor.fault() == JsonCursor.Fault.NONE);
  }

  /** A string's text, any other value as it is written; null for null. */
  @Nullable String value() throws IOException {
    boolean isText = cursor.peek() == '"';
    int from = cursor.at();
    check(cursor.value(DEPTH));
    if (isText) {
      return new String(JsonText.unescaped(bytes, from + 1, cursor.at() - 1), UTF_8);
    }
    String text = new String(bytes, from, cursor.at() - from, UTF_8);
    return text.equals("null") ? null : text;
  }

  /** As {@link #value}; null is an empty text. */
  String text() throws IOException {
    String value = value();
    return value == null ? "" : value;
  }

  private void check(boolean isRight) throws IOException {
    if (!isRight) {
      throw new IOException("the answer is not what a ledger answers: " + cursor.why());
    }
  }
}
