package io.meterline.ledger.body;

import io.meterline.core.json.JsonCursor;

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
    boolean customer = false;
    boolean values = false;
    for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
      switch (cursor.name()) {
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
      if (!cursor.value(DEPTH)) {
        return false;
      }
    }
    return false;
  }
}
