package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a body of the ingest contract into its records: an array, lines, or a single object. */
final class IngestBody {
  private static final int MAX_DEPTH = 64;

  private final JsonCursor cursor = JsonCursor.strict();
  private final byte[] body;
  private final List<Element> elements = new ArrayList<>();

  private IngestBody(byte[] body) {
    this.body = body;
    cursor.reset(body, 0, body.length);
  }

  /**
   * What is where a record belongs.
   *
   * @param fault why it is not a JSON object; empty where it is one
   */
  record Element(String text, String fault) {}

  /** The elements in order; empty where the body can't be split. */
  static Optional<List<Element>> split(byte[] body) {
    IngestBody split = new IngestBody(body);
    boolean isWhole = split.cursor.peek() == '[' ? split.array() : split.lines();
    return isWhole ? Optional.of(split.elements) : Optional.empty();
  }

  private boolean array() {
    for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
      boolean isObject = cursor.peek() == '{';
      int from = cursor.at();
      if (!cursor.value(MAX_DEPTH)) {
        return false;
      }
      add(from, cursor.at(), isObject ? "" : "not-an-object");
    }
    return cursor.fault() == JsonCursor.Fault.NONE && cursor.peek() < 0;
  }

  /** One line that is no record is one bad record. */
  private boolean lines() {
    while (cursor.peek() >= 0) {
      boolean isObject = cursor.peek() == '{';
      int from = cursor.at();
      if (isObject && cursor.value(MAX_DEPTH)) {
        add(from, cursor.at(), "");
        continue;
      }
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      add(from, to, isObject ? "malformed-json" : "not-an-object");
      cursor.reset(body, to, body.length);
    }
    return !elements.isEmpty();
  }

  private void add(int from, int to, String fault) {
    elements.add(new Element(new String(body, from, to - from, UTF_8), fault));
  }
}
