package io.meterline.core.input;

import io.meterline.core.event.GzipHeader;
import io.meterline.core.event.Window;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonCursor.Fault;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What an input looks like, told by its first bytes. */
enum DetectedFormat {
  GZIP,
  /** An object with {@code Records} or with {@code awslogs}. */
  EVENT,
  /** An object with {@code logEvents}. */
  PAYLOAD,
  LINES,
  /** The bytes that were looked at do not tell. */
  OPEN;

  private static final int MAX_DEPTH = 64;

  /** How much of gzip data is opened for a look: events and payloads name themselves early. */
  private static final int HEAD_BYTES = 256 * 1024;

  /** Looks at an input, and uses nothing of it. */
  static DetectedFormat of(Window window) throws IOException {
    while (window.to() - window.from() < 2 && window.more()) {
      // Two bytes tell gzip.
    }
    if (GzipHeader.isGzip(window.bytes(), window.from(), window.to())) {
      return GZIP;
    }
    DetectedFormat shape = of(window.bytes(), window.from(), window.to());
    while (shape == OPEN && window.more()) {
      shape = of(window.bytes(), window.from(), window.to());
    }
    return shape == OPEN ? LINES : shape;
  }

  /** Looks at what gzip data holds; {@link #OPEN} where it can't be opened. */
  static DetectedFormat inside(Window gzip) throws IOException {
    int body = GzipHeader.body(gzip.bytes(), gzip.from(), gzip.to());
    while (body == GzipHeader.INCOMPLETE && gzip.more()) {
      body = GzipHeader.body(gzip.bytes(), gzip.from(), gzip.to());
    }
    if (body < 0) {
      return OPEN;
    }
    byte[] head = new byte[HEAD_BYTES];
    int length = 0;
    boolean isEmpty = false;
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(gzip.bytes(), body, gzip.to() - body);
      while (length < head.length && !inflater.finished()) {
        int more = inflater.inflate(head, length, head.length - length);
        length += more;
        if (more == 0 && !inflater.finished()) {
          int fed = gzip.to();
          if (!gzip.more()) {
            break;
          }
          inflater.setInput(gzip.bytes(), fed, gzip.to() - fed);
        }
      }
      isEmpty = length == 0 && inflater.finished() && isTrailer(gzip, inflater.getRemaining());
    } catch (DataFormatException e) {
      // What was opened before the fault may tell.
    } finally {
      inflater.end();
    }
    if (length == 0) {
      // A log that was compressed when it was empty has no lines.
      return isEmpty ? LINES : OPEN;
    }
    DetectedFormat shape = GzipHeader.isGzip(head, 0, length) ? GZIP : of(head, 0, length);
    return shape == OPEN ? LINES : shape;
  }

  /**
   * Whether nothing but a gzip trailer is left of the input, of which {@code left} bytes are held.
   */
  private static boolean isTrailer(Window gzip, int left) throws IOException {
    int from = gzip.to() - left;
    while (gzip.to() - from <= GzipHeader.TRAILER_BYTES && gzip.more()) {
      // More than a trailer would be another member.
    }
    return gzip.to() - from == GzipHeader.TRAILER_BYTES;
  }

  private static DetectedFormat of(byte[] bytes, int from, int to) {
    JsonCursor in = JsonCursor.structural();
    in.reset(bytes, from, to);
    int first = in.peek();
    if (first != '{') {
      return first < 0 ? OPEN : LINES;
    }
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      switch (in.name()) {
        case "Records", "awslogs" -> {
          return EVENT;
        }
        case "logEvents" -> {
          return PAYLOAD;
        }
        default -> {}
      }
      if (!in.value(MAX_DEPTH)) {
        break;
      }
    }
    return in.fault() == Fault.TRUNCATED ? OPEN : LINES;
  }
}
