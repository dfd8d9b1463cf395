package io.meterline.ledger.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;

/**
 * Tells what is meant to be a meter record, however broken, from other JSON: by the names of its
 * members, as far as it can be read. Not for several threads.
 */
public final class Likeness {
  private static final int DEPTH = 64;

  private final JsonCursor cursor = JsonCursor.strict();

  /**
   * Whether the text is an object with a member that only meter records have ({@code meterApiName},
   * {@code meterTimeInMillis}, {@code meterValue}), or with both {@code customerId} and {@code
   * values}.
   */
  public boolean isRecord(byte[] bytes, int from, int to) {
    cursor.reset(bytes, from, to);
    if (cursor.peek() != '{') {
      return false;
    }
    cursor.pass();
    boolean customer = false;
    boolean values = false;
    do {
      if (cursor.peek() != '"') {
        return false;
      }
      int start = cursor.at() + 1;
      if (!cursor.name()) {
        return false;
      }
      switch (name(bytes, start, cursor.at() - 1)) {
        case "meterApiName", "meterTimeInMillis", "meterValue" -> {
          return true;
        }
        case "customerId" -> customer = true;
        case "values" -> values = true;
        default -> {
          // Any JSON may have it.
        }
      }
      if (customer && values) {
        return true;
      }
    } while (cursor.take(':', "a colon is expected") && cursor.value(DEPTH) && cursor.more('}'));
    return false;
  }

  private String name(byte[] bytes, int from, int to) {
    return cursor.escaped()
        ? new String(JsonText.unescaped(bytes, from, to), UTF_8)
        : new String(bytes, from, to - from, UTF_8);
  }
}
