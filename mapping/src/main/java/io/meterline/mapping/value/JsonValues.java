package io.meterline.mapping.value;

import dev.cel.common.values.NullValue;
import io.meterline.json.Escapes;
import io.meterline.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values of a JSON text that is known to be right. */
public final class JsonValues {
  private JsonValues() {}

  /** The value that stands there. */
  public static Object of(byte[] bytes, int from, int to) {
    return switch (bytes[from]) {
      case '"' -> string(bytes, from, to);
      case '{' -> object(bytes, from, to);
      case '[' -> list(bytes, from, to);
      case 't' -> true;
      case 'f' -> false;
      case 'n' -> NullValue.NULL_VALUE;
      default -> Decimal.written(bytes, from, to);
    };
  }

  /**
   * The value of a text that may be anything.
   *
   * @throws Failure where it is not JSON
   */
  public static Object parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    if (!cursor.value(JsonObject.MAX_DEPTH)) {
      throw Failure.of("not JSON: " + cursor.why());
    }
    int to = cursor.at();
    if (cursor.peek() >= 0) {
      throw Failure.of("not JSON: there is more behind its end");
    }
    cursor.reset(bytes, 0, bytes.length);
    cursor.peek();
    return of(bytes, cursor.at(), to);
  }

  /** The text of the string whose quotes are the first and last byte of the stretch. */
  static String string(byte[] bytes, int from, int to) {
    for (int i = from + 1; i < to - 1; i++) {
      if (bytes[i] == '\\') {
        byte[] text = new byte[to - from + Escapes.SLACK];
        Escapes escapes = new Escapes();
        escapes.decode(bytes, from + 1, to - 1, text);
        return new String(text, 0, escapes.written(), StandardCharsets.UTF_8);
      }
    }
    return new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
  }

  private static JsonObject object(byte[] bytes, int from, int to) {
    JsonCursor cursor = JsonCursor.structural();
    cursor.reset(bytes, from, to);
    cursor.peek();
    JsonObject object = new JsonObject();
    object.read(cursor);
    return object;
  }

  private static List<Object> list(byte[] bytes, int from, int to) {
    JsonCursor cursor = JsonCursor.structural();
    cursor.reset(bytes, from, to);
    cursor.peek();
    cursor.pass();
    List<Object> elements = new ArrayList<>();
    if (cursor.peek() == ']') {
      return elements;
    }
    do {
      cursor.peek();
      int elementFrom = cursor.at();
      cursor.value(JsonObject.MAX_DEPTH);
      elements.add(of(bytes, elementFrom, cursor.at()));
    } while (cursor.more(']'));
    return Collections.unmodifiableList(elements);
  }
}
