package io.meterline.core.http;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer for each record of a body: {@code
 * {"records":[{"status":"stored"},{"status":"refused","reason":…,"detail":…}]}}, in the order of
 * the body, or the array alone.
 */
final class RecordAnswers {
  private static final int BASE_BYTES = 64 * 1024;
  private static final int BYTES_A_RECORD = 4 * 1024;
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_DEPTH = 64;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * Reports of failure: a status, an error, a count of errors, a success that is false, or a text
   * that starts with such a word.
   */
  private static final Pattern FAILURE =
      Pattern.compile(
          "\"(?:status|result|state|outcome)\"\\s*:\\s*\"(?:refused|conflict|reject\\w*|fail\\w*|error\\b[^\"]*|invalid|denied|unauthorized|unavailable|partial\\w*)\""
              + "|\"(?:error\\w*|fault|exception|\\w*failures?)\"\\s*:\\s*(?!null|false|\"\"|0\\b|\\[\\s*]|\\{\\s*})\\S{1,40}"
              + "|\"(?:failed|errored|(?:has|is)_?(?:errors?|failed|failures?))\"\\s*:\\s*\"?true"
              + "|\"(?:success|successful|succeeded|ok|accepted|acknowledged|valid)\"\\s*:\\s*\"?(?:false|no|0\\b)"
              + "|\"(?:status|code|statusCode)\"\\s*:\\s*\"?[45]\\d\\d\\b"
              + "|\"(?:rejected|refused|unprocessed|failed|invalid)\\w*\"\\s*:\\s*\\[\\s*[^\\]\\s]"
              + "|\"(?:failed|rejected|refused|invalid|failed\\w*count|error_?count|num_?errors)\"\\s*:\\s*[1-9]"
              + "|[\\[,]\\s*\"(?:refused|conflict|rejected|failed|error)\"(?!\\s*:)"
              + "|\"(?:message|detail|title|description)\"\\s*:\\s*\"[^\"]*\\b(?:errors?|fail\\w*|timed? ?out|timeout|forbidden|denied|unauthorized|unavailable|throttl\\w*|exceeded|invalid|rejected|refused)\\b"
              + "|^[\\s\\x{FEFF}\"]*(?:[45]\\d\\d\\b|upstream\\b|bad gateway|gateway time|(?:error|fail|refused|rejected|denied|invalid|unauthorized|forbidden|timeout|exception)\\w*|false|not ok|unable|internal server error|service unavailable)\\b",
          Pattern.CASE_INSENSITIVE);

  private final JsonCursor cursor = JsonCursor.strict();
  private final byte[] body;

  /** The text of all members except the array of answers. */
  private final StringBuilder others = new StringBuilder();

  private RecordAnswers(byte[] body) {
    this.body = body;
    cursor.reset(body, startsWithMark(body) ? BYTE_ORDER_MARK.length : 0, body.length);
  }

  private static boolean startsWithMark(byte[] body) {
    int length = BYTE_ORDER_MARK.length;
    return body.length >= length && Arrays.equals(body, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  /** So much of an answer to this many records is read. */
  static int maxBytes(int records) {
    return (int) Math.min(MAX_BYTES, BASE_BYTES + (long) BYTES_A_RECORD * records);
  }

  /**
   * Which records are refused.
   *
   * @param refused why, by position; the others are accepted
   * @param isUnderstood whether any record has a status of the ingest contract
   */
  record Verdicts(SortedMap<Integer, String> refused, boolean isUnderstood) {}

  /**
   * What became of each record. Empty where the answer is of another form: without an array {@code
   * records}, or without a {@code status} in its elements.
   *
   * @throws BrokenAnswer where it is of this form or may be, and is malformed, cut off, compressed
   *     or not for {@code sent} records
   */
  static Optional<Verdicts> read(ReceiverResponse answer, int sent) throws BrokenAnswer {
    String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
    if (answer.body().length > 0 && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new BrokenAnswer("it is compressed, though Accept-Encoding is identity");
    }
    RecordAnswers answers = new RecordAnswers(answer.body());
    Optional<List<@Nullable Status>> all = answers.statuses(answer.isCut());
    List<@Nullable Status> statuses = all.orElse(List.of());
    if (all.isEmpty()
        || (!statuses.isEmpty() && statuses.stream().allMatch(status -> status == null))) {
      noFailure(new String(answer.body(), StandardCharsets.UTF_8));
      return Optional.empty();
    }
    noFailure(answers.others.toString());
    if (statuses.size() != sent) {
      throw new BrokenAnswer("it is for %d of %d records".formatted(statuses.size(), sent));
    }
    SortedMap<Integer, String> refused = new TreeMap<>();
    boolean isUnderstood = false;
    for (int i = 0; i < sent; i++) {
      Status status = statuses.get(i);
      if (status == null) {
        throw new BrokenAnswer("record %d has no status".formatted(i));
      }
      isUnderstood |= status.isOfContract();
      if (!status.isAccepted()) {
        refused.put(i, status.text());
      }
    }
    return Optional.of(new Verdicts(refused, isUnderstood));
  }

  /** Some receivers report failures with status 200, in formats of their own. */
  private static void noFailure(String text) throws BrokenAnswer {
    // The answer is not quoted: it may contain the key, in part or encoded.
    if (FAILURE.matcher(text).find()) {
      throw new BrokenAnswer("it says that something failed, and not which records that is about");
    }
  }

  /** What became of a record. */
  private record Status(String word, String reason, String detail) {
    boolean isAccepted() {
      return word.equals("stored") || word.equals("duplicate");
    }

    boolean isOfContract() {
      return isAccepted() || word.equals("conflict") || word.equals("refused");
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
    if (isGzip()) {
      throw new BrokenAnswer("it is compressed, though Accept-Encoding is identity");
    }
    if (isUtf16()) {
      throw new BrokenAnswer("it is in UTF-16, not in UTF-8");
    }
    if (cursor.peek() == '[' && isArrayOfObjects()) {
      List<@Nullable Status> elements = elements(isCut);
      checkEnd(true);
      return Optional.of(elements);
    }
    if (cursor.peek() != '{') {
      return Optional.empty();
    }
    List<@Nullable Status> found = null;
    for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
      int from = cursor.nameFrom() - 1;
      if (cursor.name().equalsIgnoreCase("records") && cursor.peek() == '[') {
        if (found != null) {
          throw new BrokenAnswer("it has two members 'records'");
        }
        found = elements(isCut);
      } else if (cursor.value(MAX_DEPTH)) {
        others
            .append(new String(body, from, cursor.at() - from, StandardCharsets.UTF_8))
            .append(' ');
      }
      check(isCut);
    }
    check(isCut);
    checkEnd(found != null);
    return Optional.ofNullable(found);
  }

  private boolean isGzip() {
    return body.length >= 2 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B;
  }

  /** Whether the first character is a byte order mark of UTF-16, or ASCII in two bytes. */
  private boolean isUtf16() {
    if (body.length < 2) {
      return false;
    }
    int first = body[0] & 0xFF;
    int second = body[1] & 0xFF;
    boolean isMark = Math.min(first, second) == 0xFE && Math.max(first, second) == 0xFF;
    return isMark || first == 0 || second == 0;
  }

  /** Other texts may start with a bracket, such as {@code [INFO] done}. */
  private boolean isArrayOfObjects() {
    String start = new String(body, StandardCharsets.ISO_8859_1).strip();
    return start.substring(start.indexOf('[') + 1).stripLeading().startsWith("{");
  }

  private List<@Nullable Status> elements(boolean isCut) throws BrokenAnswer {
    List<@Nullable Status> statuses = new ArrayList<>();
    for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
      if (cursor.peek() == '{') {
        statuses.add(status(statuses.size(), isCut));
      } else if (cursor.peek() == 'n') {
        throw new BrokenAnswer("record %d has no status".formatted(statuses.size()));
      } else if (cursor.value(MAX_DEPTH)) {
        statuses.add(null);
      }
      check(isCut);
    }
    check(isCut);
    return statuses;
  }

  private @Nullable Status status(int record, boolean isCut) throws BrokenAnswer {
    String word = null;
    String reason = "";
    String detail = "";
    for (boolean more = cursor.firstMember(); more; more = cursor.nextMember()) {
      String name = cursor.name();
      String text = text();
      if (text != null) {
        switch (name.toLowerCase(Locale.ROOT)) {
          case "status" -> {
            if (word != null) {
              throw new BrokenAnswer("record %d has two members 'status'".formatted(record));
            }
            word = text;
          }
          case "reason" -> reason = text;
          case "detail" -> detail = text;
          default -> {}
        }
      }
      check(isCut);
      if (name.equalsIgnoreCase("status") && text == null) {
        throw new BrokenAnswer("record %d has a status that is not a string".formatted(record));
      }
    }
    check(isCut);
    return word == null ? null : new Status(word, reason, detail);
  }

  /** After answers for records, nothing may follow. */
  private void checkEnd(boolean hasAnswers) throws BrokenAnswer {
    if (hasAnswers && cursor.peek() >= 0) {
      throw new BrokenAnswer("byte %d: something follows the answers".formatted(cursor.at()));
    }
  }

  private void check(boolean isCut) throws BrokenAnswer {
    if (cursor.fault() != JsonCursor.Fault.NONE) {
      throw new BrokenAnswer(
          isCut
              ? "it is longer than %d bytes".formatted(body.length)
              : "byte %d: %s".formatted(cursor.at(), cursor.why()));
    }
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
