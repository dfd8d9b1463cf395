package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonCursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Takes bodies apart: a JSON array, lines, or a single object. */
public final class RecordTexts {
  private static final int MAX_DEPTH = 70;

  private RecordTexts() {}

  /** The text of each record in a body that may be gzip, byte for byte. */
  public static List<String> ofMaybeGzip(byte[] body) throws IOException {
    if (body.length < 2 || body[0] != 0x1F) {
      return of(body);
    }
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return of(plain.readAllBytes());
    }
  }

  /**
   * The text of each record, byte for byte.
   *
   * @throws AssertionError where the body is not JSON
   */
  public static List<String> of(byte[] body) {
    JsonCursor in = JsonCursor.strict();
    in.reset(body, 0, body.length);
    List<String> records = new ArrayList<>();
    boolean array = in.peek() == '[';
    if (array) {
      in.pass();
    }
    do {
      if (in.peek() < 0 || (records.isEmpty() && in.peek() == ']')) {
        break;
      }
      int from = in.at();
      if (!in.value(MAX_DEPTH)) {
        throw new AssertionError("byte %d: %s".formatted(in.at(), in.why()));
      }
      records.add(new String(body, from, in.at() - from, UTF_8));
    } while (!array || in.more(']'));
    if (in.fault() != JsonCursor.Fault.NONE) {
      throw new AssertionError("byte %d: %s".formatted(in.at(), in.why()));
    }
    return records;
  }
}
