package io.meterline.ledger.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads quarantine objects: one JSON object a line. Of a long line only the start is kept, and so
 * memory is bounded whatever was put aside; a line that is not readable is an entry without a
 * reason. Not for several threads.
 */
public final class QuarantineReader {
  /** Every member but the message or the payload lies within as much of a line. */
  private static final int MOST_LINE_BYTES = 64 * 1024;

  private static final int MOST_CHARS = 2048;
  private static final int DEPTH = 8;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final JsonCursor cursor = JsonCursor.strict();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] line = new byte[MOST_LINE_BYTES];
  private int kept;
  private long length;
  private int position;

  /** Is shown entry after entry. */
  @FunctionalInterface
  public interface Visitor {
    void entry(UndeliveredEntry entry) throws IOException;
  }

  /** Shows all entries to the visitor. */
  public void read(InputStream body, Visitor visitor) throws IOException {
    position = 0;
    startLine();
    int read = body.read(buffer);
    while (read >= 0) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          endLine(visitor);
        } else {
          if (kept < MOST_LINE_BYTES) {
            line[kept++] = buffer[i];
          }
          length++;
        }
      }
      read = body.read(buffer);
    }
    endLine(visitor);
  }

  private void startLine() {
    kept = 0;
    length = 0;
  }

  private void endLine(Visitor visitor) throws IOException {
    if (!new String(line, 0, Math.min(kept, MOST_CHARS), UTF_8).isBlank()) {
      visitor.entry(entry());
    }
    startLine();
  }

  private UndeliveredEntry entry() {
    Map<String, String> members = members();
    String text = members.getOrDefault("message", members.getOrDefault("payload", ""));
    return new UndeliveredEntry(
        position++,
        members.getOrDefault("reason", "unknown"),
        members.getOrDefault("detail", "the entry is not readable"),
        members.getOrDefault("logGroup", ""),
        members.getOrDefault("logStream", ""),
        members.getOrDefault("eventId", members.getOrDefault("sequenceNumber", "")),
        number(members.getOrDefault("timestamp", "")),
        members.isEmpty() ? start(line, 0, kept) : text,
        length);
  }

  /** The members as far as they are there; the last may be cut. */
  private Map<String, String> members() {
    Map<String, String> members = new HashMap<>();
    cursor.reset(line, 0, kept);
    if (cursor.peek() != '{') {
      return members;
    }
    boolean isWhole = true;
    for (boolean more = cursor.firstMember(); more; more = isWhole && cursor.nextMember()) {
      String name = cursor.name();
      boolean isText = cursor.peek() == '"';
      int from = cursor.at();
      isWhole = cursor.value(DEPTH);
      int to = isWhole ? cursor.at() : kept;
      members.putIfAbsent(
          name, isText ? start(line, from + 1, isWhole ? to - 1 : to) : start(line, from, to));
    }
    return members;
  }

  /** The start of a string's text, its escapes undone. */
  private static String start(byte[] bytes, int from, int to) {
    // No character takes more than twelve bytes, a pair of escapes; an escape that is cut is left
    // out.
    int end = Math.min(to, from + 12 * MOST_CHARS);
    String text = new String(JsonText.unescaped(bytes, from, end), UTF_8);
    return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      // A line of a log file has no time of its own.
      return OptionalLong.empty();
    }
  }
}
