package io.meterline.mapping.value;

import dev.cel.common.values.NullValue;
import io.meterline.core.json.Escapes;
import io.meterline.core.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values of a JSON text that is known to be right. */
public final class JsonValues {
  /** The most elements of a list, for each takes several times the memory of its shortest text. */
  private static final int MOST_ELEMENTS = 100_000;

  private static final int OBJECT = 256;

  private JsonValues() {}

  /**
   * The value there.
   *
   * @throws EvaluationException where it takes more than the budget has
   */
  public static Object of(byte[] bytes, int from, int to, Budget budget) {
    return switch (bytes[from]) {
      case '"' -> {
        budget.take(to - from);
        yield string(bytes, from, to);
      }
      case '{' -> object(bytes, from, to, budget);
      case '[' -> list(bytes, from, to, budget);
      case 't' -> true;
      case 'f' -> false;
      case 'n' -> NullValue.NULL_VALUE;
      default -> Decimal.written(bytes, from, to);
    };
  }

  /**
   * The value of a text that may be anything.
   *
   * @throws EvaluationException where it is not JSON, or takes more than the budget has
   */
  public static Object parse(String text, Budget budget) {
    budget.take(4L * text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    if (!cursor.value(JsonObject.MAX_DEPTH)) {
      throw EvaluationException.of("not JSON: " + cursor.why());
    }
    int to = cursor.at();
    if (cursor.peek() >= 0) {
      throw EvaluationException.of("not JSON: there is more after its end");
    }
    cursor.reset(bytes, 0, bytes.length);
    cursor.peek();
    return of(bytes, cursor.at(), to, budget);
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

  private static JsonObject object(byte[] bytes, int from, int to, Budget budget) {
    budget.take(OBJECT + (long) to - from);
    JsonCursor cursor = JsonCursor.structural();
    cursor.reset(bytes, from, to);
    cursor.peek();
    JsonObject object = new JsonObject(budget);
    object.read(cursor);
    return object;
  }

  private static List<Object> list(byte[] bytes, int from, int to, Budget budget) {
    budget.take(Budget.ELEMENT + (long) to - from);
    JsonCursor cursor = JsonCursor.structural();
    cursor.reset(bytes, from, to);
    cursor.peek();
    List<Object> elements = new ArrayList<>();
    for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
      cursor.peek();
      int elementFrom = cursor.at();
      cursor.value(JsonObject.MAX_DEPTH);
      if (elements.size() == MOST_ELEMENTS) {
        throw EvaluationException.of("a list of more than %d elements".formatted(MOST_ELEMENTS));
      }
      budget.take(Budget.ELEMENT);
      elements.add(of(bytes, elementFrom, cursor.at(), budget));
    }
    return Collections.unmodifiableList(elements);
  }
}
