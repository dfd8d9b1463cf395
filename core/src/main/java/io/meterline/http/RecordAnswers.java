package io.meterline.http;

import io.meterline.json.JsonCursor;
import io.meterline.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer for each record of a body: {@code
 * {"records":[{"status":"stored"},{"status":"refused","reason":…,"detail":…}]}}, in the order of
 * the body.
 */
final class RecordAnswers {
  private static final int BASE_BYTES = 64 * 1024;
  private static final int BYTES_A_RECORD = 4 * 1024;
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_DEPTH = 64;

  private final JsonCursor cursor = JsonCursor.strict();
  private final byte[] body;

  private RecordAnswers(byte[] body) {
    this.body = body;
    cursor.reset(body, 0, body.length);
  }

  /** So much of an answer to this many records is read. */
  static int maxBytes(int records) {
    return (int) Math.min(MAX_BYTES, BASE_BYTES + (long) BYTES_A_RECORD * records);
  }

  /**
   * Why records are refused, by position; the others are accepted. Empty where the answer is of
   * another form: one without {@code records}, or whose records have no {@code status}.
   *
   * @throws BrokenAnswer where it is of this form, and malformed, cut off or not for {@code sent}
   *     records
   */
  static Optional<SortedMap<Integer, String>> read(Answer answer, int sent) throws BrokenAnswer {
    Optional<List<@Nullable Status>> all =
        new RecordAnswers(answer.body()).statuses(answer.isCut());
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<@Nullable Status> statuses = all.get();
    if (!statuses.isEmpty() && statuses.stream().allMatch(status -> status == null)) {
      return Optional.empty();
    }
    if (statuses.size() != sent) {
      throw new BrokenAnswer("it is for %d of %d records".formatted(statuses.size(), sent));
    }
    SortedMap<Integer, String> refused = new TreeMap<>();
    for (int i = 0; i < sent; i++) {
      Status status = statuses.get(i);
      if (status == null) {
        throw new BrokenAnswer("record %d has no status".formatted(i));
      }
      if (!status.isAccepted()) {
        refused.put(i, status.text());
      }
    }
    return Optional.of(refused);
  }

  /** What became of a record. */
  private record Status(String word, String reason, String detail) {
    boolean isAccepted() {
      return word.equals("stored") || word.equals("duplicate");
    }

    String text() {
      StringBuilder text = new StringBuilder(word);
      if (!reason.isEmpty()) {
        text.append(": ").append(reason);
      }
      if (!detail.isEmpty()) {
        text.append(": ").append(detail);
      }
      return text.toString();
    }
  }

  private Optional<List<@Nullable Status>> statuses(boolean isCut) throws BrokenAnswer {
    if (cursor.peek() != '{') {
      return Optional.empty();
    }
    cursor.pass();
    do {
      String name = name();
      if (name == null) {
        return Optional.empty();
      }
      if (name.equals("records") && cursor.peek() == '[') {
        return Optional.of(elements(isCut));
      }
      if (!cursor.value(MAX_DEPTH)) {
        return Optional.empty();
      }
    } while (cursor.more('}'));
    return Optional.empty();
  }

  private List<@Nullable Status> elements(boolean isCut) throws BrokenAnswer {
    List<@Nullable Status> statuses = new ArrayList<>();
    cursor.pass();
    if (cursor.peek() == ']') {
      return statuses;
    }
    do {
      if (cursor.peek() == '{') {
        statuses.add(status(isCut));
      } else if (cursor.value(MAX_DEPTH)) {
        statuses.add(null);
      }
    } while (cursor.fault() == JsonCursor.Fault.NONE && cursor.more(']'));
    check(isCut);
    return statuses;
  }

  private @Nullable Status status(boolean isCut) throws BrokenAnswer {
    String word = null;
    String reason = "";
    String detail = "";
    cursor.pass();
    if (cursor.peek() == '}') {
      cursor.pass();
      return null;
    }
    do {
      String name = name();
      String text = name == null ? null : text();
      if (name != null && text != null) {
        switch (name) {
          case "status" -> word = text;
          case "reason" -> reason = text;
          case "detail" -> detail = text;
          default -> {}
        }
      }
    } while (cursor.fault() == JsonCursor.Fault.NONE && cursor.more('}'));
    check(isCut);
    return word == null ? null : new Status(word, reason, detail);
  }

  private void check(boolean isCut) throws BrokenAnswer {
    if (cursor.fault() != JsonCursor.Fault.NONE) {
      throw new BrokenAnswer(
          isCut
              ? "it is longer than %d bytes".formatted(body.length)
              : "byte %d: %s".formatted(cursor.at(), cursor.why()));
    }
  }

  /** The name of the member that follows; null at a fault. */
  private @Nullable String name() {
    cursor.peek();
    int from = cursor.at();
    if (!cursor.name()) {
      return null;
    }
    String name = unquoted(from, cursor.at());
    return cursor.take(':', "a colon is expected") ? name : null;
  }

  /** Passes a value; its text, where it is a string. */
  private @Nullable String text() {
    boolean isString = cursor.peek() == '"';
    int from = cursor.at();
    return cursor.value(MAX_DEPTH) && isString ? unquoted(from, cursor.at()) : null;
  }

  private String unquoted(int from, int to) {
    return new String(JsonText.unescaped(body, from + 1, to - 1), StandardCharsets.UTF_8);
  }
}
