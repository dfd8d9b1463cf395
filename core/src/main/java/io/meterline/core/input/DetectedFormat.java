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
  private static final int NO_END = -1;

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
    byte[] head = new byte[HEAD_BYTES];
    int member = gzip.from();
    while (true) {
      Member read = read(gzip, member, head);
      if (read.length() > 0) {
        boolean isGzip = GzipHeader.isGzip(head, 0, read.length());
        DetectedFormat shape = isGzip ? GZIP : of(head, 0, read.length());
        return shape == OPEN ? LINES : shape;
      }
      if (read.end() == NO_END) {
        return OPEN;
      }
      member = read.end();
      if (member == gzip.to() && !gzip.more()) {
        // A log that was compressed when it was empty has no lines.
        return LINES;
      }
    }
  }

  /**
   * The start of a gzip member.
   *
   * @param length how many bytes of it were inflated
   * @param end where an empty member ends in the window; otherwise {@link #NO_END}
   */
  private record Member(int length, int end) {}

  private static Member read(Window gzip, int from, byte[] head) throws IOException {
    int body = GzipHeader.body(gzip.bytes(), from, gzip.to());
    while (body == GzipHeader.INCOMPLETE && gzip.more()) {
      body = GzipHeader.body(gzip.bytes(), from, gzip.to());
    }
    if (body < 0) {
      return new Member(0, NO_END);
    }
    int length = 0;
    int end = NO_END;
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
      int trailer = gzip.to() - inflater.getRemaining();
      if (length == 0 && inflater.finished() && hasTrailer(gzip, trailer)) {
        end = trailer + GzipHeader.TRAILER_BYTES;
      }
    } catch (DataFormatException e) {
      // What was opened before the fault may tell.
    } finally {
      inflater.end();
    }
    return new Member(length, end);
  }

  private static boolean hasTrailer(Window gzip, int from) throws IOException {
    while (gzip.to() - from < GzipHeader.TRAILER_BYTES && gzip.more()) {
      // What is there is not looked at.
    }
    return gzip.to() - from >= GzipHeader.TRAILER_BYTES;
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
