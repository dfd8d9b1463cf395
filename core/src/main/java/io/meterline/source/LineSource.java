package io.meterline.source;

import static io.meterline.Reason.TOO_LARGE;

import io.meterline.Quarantined.BadRecord;
import io.meterline.extract.Continuation.Answer;
import io.meterline.extract.Extraction;
import io.meterline.extract.Extractor;
import io.meterline.extract.LogEvent;
import io.meterline.json.JsonCursor;
import io.meterline.json.JsonCursor.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log, each a log event: its id is where it starts.
 *
 * <p>Lines without a marker are passed over without being looked at one by one. A record that does
 * not end with its line goes on over the following ones, if that makes it whole and none of them
 * has a marker of its own.
 */
final class LineSource implements Source {
  private static final int MAX_DEPTH = 65;

  /** How much of a line that is too long goes to quarantine: what a log event of AWS may hold. */
  private static final int EXCERPT = 1024 * 1024;

  private final Window window;
  private final Extractor extractor;
  private final LineContext context;
  private final LogEvent event = new LogEvent();
  private final JsonCursor cursor = JsonCursor.structural();
  private final int idPrefixLength;
  private byte[] id;
  private boolean atUnfinishedLine;
  private long offset;

  LineSource(Window window, Extractor extractor, LineContext context) {
    this.window = window;
    this.extractor = extractor;
    this.context = context;
    byte[] prefix = (context.name() + ":").getBytes(StandardCharsets.UTF_8);
    this.idPrefixLength = prefix.length;
    this.id = Arrays.copyOf(prefix, prefix.length + Long.toString(Long.MAX_VALUE).length());
  }

  @Override
  public boolean next(Extraction out) throws IOException {
    if (atUnfinishedLine) {
      atUnfinishedLine = false;
      unfinished(out);
      return true;
    }
    int linesEnd = wholeLines();
    if (linesEnd == window.from()) {
      if (!window.hasEnded()) {
        longLine(out);
        offset = window.offset(window.from());
        return true;
      }
      // What is left is a last line without a line end.
      linesEnd = window.to();
    }
    if (linesEnd == window.from()) {
      return false;
    }
    marked(window.from(), linesEnd, out);
    offset = window.offset(window.from());
    return true;
  }

  @Override
  public void skip(long bytes) throws IOException {
    window.skip(bytes);
    offset = window.offset(window.from());
  }

  /** Where the last whole line ends that is held; the start where not one is. */
  private int wholeLines() throws IOException {
    window.compact();
    int searched = window.from();
    while (true) {
      int end = afterLastLineEnd(searched, window.to());
      if (end > 0) {
        return end;
      }
      searched = window.to();
      if (!window.more()) {
        return window.from();
      }
    }
  }

  private int afterLastLineEnd(int from, int to) {
    for (int i = to; i > from; i--) {
      if (window.bytes()[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }

  /** Takes the lines of {@code [from, to)} up to the first with a marker, and that one. */
  private void marked(int from, int to, Extraction out) throws IOException {
    byte[] bytes = window.bytes();
    int marker = extractor.markers().find(bytes, from, to);
    if (marker < 0) {
      out.countEvents(lineEnds(bytes, from, to));
      window.advance(to);
      return;
    }
    int start = marker;
    while (start > from && bytes[start - 1] != '\n') {
      start--;
    }
    int end = lineEnd(bytes, marker, to);
    out.countEvents(lineEnds(bytes, from, start));
    line(start, end, out);
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private static long lineEnds(byte[] bytes, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        count++;
      }
    }
    return count;
  }

  /** Extracts the line, and as many of those that follow as a record of it needs. */
  private void line(int start, int end, Extraction out) throws IOException {
    out.countEvents(1);
    show(start, end);
    try {
      extractor.extract(event, (shown, valueFrom, to) -> extend(shown, start, valueFrom, to), out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (extractor.isUnfinished()) {
      atUnfinishedLine = true;
      window.advance(extractor.unfinishedFrom());
      return;
    }
    int after = lineEnd(window.bytes(), event.messageTo(), window.to());
    window.advance(Math.min(after + 1, window.to()));
  }

  /** Takes all that is left for one message that ends inside a record. */
  private void unfinished(Extraction out) {
    int end = window.to();
    if (window.bytes()[end - 1] == '\n') {
      end--;
    }
    out.countEvents(lineEnds(window.bytes(), window.from(), end));
    show(window.from(), end);
    extractor.extract(event, out);
    window.advance(window.to());
  }

  private void show(int start, int end) {
    byte[] bytes = window.bytes();
    int textEnd = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    event.from(context.origin()).plainMessage(bytes, start, textEnd);
    event.id(id, 0, writeId(window.offset(start)));
    long time = Iso8601.parse(bytes, start, textEnd);
    if (time != Iso8601.NONE) {
      event.timestamp(time);
    } else if (context.clock() != null) {
      event.timestamp(context.clock().millis());
    }
  }

  private int writeId(long lineOffset) {
    String digits = Long.toString(lineOffset);
    for (int i = 0; i < digits.length(); i++) {
      id[idPrefixLength + i] = (byte) digits.charAt(i);
    }
    return idPrefixLength + digits.length();
  }

  /** Shows the lines that follow as well, where they make whole the value of this one. */
  private Answer extend(LogEvent shown, int start, int valueFrom, int to) {
    try {
      boolean whole = false;
      do {
        cursor.reset(window.bytes(), valueFrom, window.to());
        whole = cursor.value(MAX_DEPTH);
      } while (!whole && cursor.fault() == Fault.TRUNCATED && window.more());
      if (extractor.markers().find(window.bytes(), to, cursor.at()) >= 0) {
        return Answer.NOTHING_MORE;
      }
      if (whole) {
        // A marker behind the value, on the line it ends on, belongs to this event.
        shown.plainMessage(window.bytes(), start, readToLineEnd(cursor.at()));
        return Answer.LONGER;
      }
      boolean cutByEnd = cursor.fault() == Fault.TRUNCATED || isLastLine(to);
      return cutByEnd && window.hasEnded() ? Answer.NOT_YET : Answer.NOTHING_MORE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the line that ends at {@code to} is the last one, and has no line end. */
  private boolean isLastLine(int to) throws IOException {
    return lineEnd(window.bytes(), to, window.to()) == window.to() && !window.more();
  }

  private int readToLineEnd(int from) throws IOException {
    int end = lineEnd(window.bytes(), from, window.to());
    while (end == window.to() && window.more()) {
      end = lineEnd(window.bytes(), end, window.to());
    }
    return end;
  }

  /** Passes a line that is longer than a line may be; to quarantine with it if it has a marker. */
  private void longLine(Extraction out) throws IOException {
    long start = window.offset(window.from());
    byte @Nullable [] excerpt = null;
    int headEnd = window.from() + Math.min(EXCERPT, window.to() - window.from());
    byte[] head = Arrays.copyOfRange(window.bytes(), window.from(), headEnd);
    boolean lineEnded = false;
    while (!lineEnded) {
      int end = lineEnd(window.bytes(), window.from(), window.to());
      lineEnded = end < window.to();
      if (excerpt == null && extractor.markers().find(window.bytes(), window.from(), end) >= 0) {
        excerpt = head;
      }
      // A marker may stand across the end of what is held.
      int kept = lineEnded ? 0 : Math.min(extractor.markers().longest(), end - window.from());
      window.advance(lineEnded ? end + 1 : end - kept);
      window.compact();
      if (!lineEnded && !window.more()) {
        window.advance(window.to());
        lineEnded = true;
      }
    }
    out.countEvents(1);
    if (excerpt != null) {
      refuseLong(start, excerpt, out);
    }
  }

  private void refuseLong(long start, byte[] excerpt, Extraction out) {
    String detail =
        "the line has %d bytes, more than a line may have; its first %d are kept here"
            .formatted(window.offset(window.from()) - start, excerpt.length);
    String eventId = new String(id, 0, writeId(start), StandardCharsets.UTF_8);
    out.refuse(new BadRecord(TOO_LARGE, detail, context.origin(), eventId, null, excerpt));
  }

  @Override
  public boolean isAtUnfinishedLine() {
    return atUnfinishedLine;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
