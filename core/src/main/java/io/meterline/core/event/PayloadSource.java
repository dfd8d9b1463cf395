package io.meterline.core.event;

import io.meterline.core.find.Findings;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonCursor.Fault;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Payloads that are in a file as they are, one after the other: a gzip member or a JSON document
 * each, so that a file of many takes no more memory than one.
 */
public final class PayloadSource implements Source {
  private static final int MAX_DEPTH = 65;
  private static final int SCRATCH = 64 * 1024;

  private final Window window;
  private final PayloadReader payloads;
  private final JsonCursor cursor = JsonCursor.structural();
  private final Inflater inflater = new Inflater(true);
  private final byte[] scratch = new byte[SCRATCH];
  private final int maxPayloadBytes;
  private long offset;
  private boolean cutOff;
  private boolean atUnfinishedEnd;

  public PayloadSource(Window window, PayloadReader payloads, int maxPayloadBytes) {
    this.window = window;
    this.payloads = payloads;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  @Override
  public boolean next(Findings out) throws IOException {
    window.compact();
    if (!skipSpace()) {
      return false;
    }
    cutOff = false;
    int to =
        GzipHeader.isGzip(window.bytes(), window.from(), window.to()) ? memberEnd() : documentEnd();
    if (cutOff && !atUnfinishedEnd) {
      atUnfinishedEnd = true;
      return true;
    }
    atUnfinishedEnd = false;
    payloads.read(window.bytes(), window.from(), to, "", out);
    window.advance(to);
    offset = window.offset(to);
    return true;
  }

  /** Moves to the first byte that is no white space, with enough after it to tell what it is. */
  private boolean skipSpace() throws IOException {
    cursor.reset(window.bytes(), window.from(), window.to());
    while (cursor.peek() < 0 || window.to() - cursor.at() < 2) {
      window.advance(cursor.at());
      boolean more = window.more();
      cursor.reset(window.bytes(), window.from(), window.to());
      if (!more) {
        break;
      }
    }
    int next = cursor.peek();
    window.advance(cursor.at());
    return next >= 0;
  }

  /** Where the JSON document ends that starts here; the end of the input where it is broken. */
  private int documentEnd() throws IOException {
    while (true) {
      cursor.reset(window.bytes(), window.from(), window.to());
      if (cursor.value(MAX_DEPTH)) {
        return cursor.at();
      }
      if (cursor.fault() == Fault.MALFORMED) {
        return allThatIsLeft();
      }
      if (!window.more() && !window.reclaim()) {
        return cutOff();
      }
    }
  }

  /** Where the gzip member ends that starts here; the end of the input where it is broken. */
  private int memberEnd() throws IOException {
    int body = GzipHeader.body(window.bytes(), window.from(), window.to());
    while (body == GzipHeader.INCOMPLETE && window.more()) {
      body = GzipHeader.body(window.bytes(), window.from(), window.to());
    }
    if (body < 0) {
      return body == GzipHeader.INCOMPLETE ? cutOff() : allThatIsLeft();
    }
    inflater.reset();
    inflater.setInput(window.bytes(), body, window.to() - body);
    while (!inflater.finished()) {
      int more;
      try {
        more = inflater.inflate(scratch);
      } catch (DataFormatException e) {
        return allThatIsLeft();
      }
      if (more == 0 && !inflater.finished()) {
        int fed = window.to();
        if (!window.more()) {
          return window.reclaim() ? memberEnd() : cutOff();
        }
        inflater.setInput(window.bytes(), fed, window.to() - fed);
      }
    }
    int left = inflater.getRemaining();
    while (left < GzipHeader.TRAILER_BYTES) {
      int before = window.to();
      if (!window.more()) {
        return window.reclaim() ? memberEnd() : cutOff();
      }
      left += window.to() - before;
    }
    return window.to() - left + GzipHeader.TRAILER_BYTES;
  }

  private int allThatIsLeft() throws IOException {
    while (window.more() || window.reclaim()) {
      // All of it goes to quarantine together.
    }
    return end();
  }

  private int cutOff() throws IOException {
    cutOff = true;
    return end();
  }

  private int end() throws IOException {
    if (window.isFull() && !window.hasEnded()) {
      throw new IOException(
          "byte %d: one payload is longer than the limit of %d bytes"
              .formatted(window.offset(window.from()), maxPayloadBytes));
    }
    return window.to();
  }

  @Override
  public boolean isAtUnfinishedEnd() {
    return atUnfinishedEnd;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    payloads.close();
    window.close();
  }
}
