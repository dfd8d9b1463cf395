package io.meterline.core.lines;

import static io.meterline.core.Reason.TOO_LARGE;

import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.event.LineEnds;
import io.meterline.core.event.Source;
import io.meterline.core.event.Window;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.record.LogEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log, each a log event: its id is where it starts.
 *
 * <p>Lines without a marker are passed over without being looked at one by one, unless rules are to
 * see each. A record that does not end with its line goes on over the following ones, if that makes
 * it whole and none of them has a marker of its own.
 */
public final class LineSource implements Source {
  private final Window window;
  private final Extractor extractor;
  private final LineContext context;
  private final LineEvent lineEvent;
  private final FollowingLines followingLines;
  private boolean atUnfinishedEnd;
  private boolean unfinishedCounted;
  private boolean mayGrow;
  private long offset;

  /** Up to where whole lines are known to be held. */
  private long wholeLinesTo;

  private long bound = Long.MAX_VALUE;

  public LineSource(Window window, Extractor extractor, LineContext context) {
    this.window = window;
    this.extractor = extractor;
    this.context = context;
    this.followingLines = new FollowingLines(window, extractor.markers());
    this.lineEvent = new LineEvent(context);
  }

  /** Whether it reads this window directly, and not through decompression. */
  public boolean reads(Window input) {
    return window == input;
  }

  @Override
  public boolean next(Findings out) throws IOException {
    if (atUnfinishedEnd) {
      atUnfinishedEnd = false;
      unfinished(out);
      return true;
    }
    int linesEnd = bounded(wholeLines());
    if (linesEnd == window.from() && window.offset(linesEnd) < bound) {
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
    if (extractor.hasRules()) {
      first(window.from(), linesEnd, out);
    } else {
      marked(window.from(), linesEnd, out);
    }
    offset = window.offset(window.from());
    return true;
  }

  @Override
  public void endAt(long newBound) {
    bound = newBound;
    followingLines.endAt(newBound);
  }

  @Override
  public void mayGrow() {
    mayGrow = true;
  }

  /** Where the lines end that may be read: those up to {@code linesEnd}, or up to the bound. */
  private int bounded(int linesEnd) {
    if (window.offset(window.to()) < bound) {
      return linesEnd;
    }
    int boundary = (int) (bound - window.offset(0));
    return linesEnd == window.from() ? boundary : Math.min(linesEnd, boundary);
  }

  @Override
  public void skip(long bytes) throws IOException {
    window.skip(bytes);
    offset = window.offset(window.from());
  }

  /** Where the last whole line ends that is held; the start where not one is. */
  private int wholeLines() throws IOException {
    int known = (int) (wholeLinesTo - window.offset(0));
    if (known > window.from() && known <= window.to()) {
      return known;
    }
    window.compact();
    int searched = window.from();
    while (true) {
      int end = afterLastLineEnd(searched, window.to());
      if (end > 0) {
        wholeLinesTo = window.offset(end);
        return end;
      }
      searched = window.to();
      if (!window.more()) {
        if (!window.reclaim()) {
          return window.from();
        }
        searched = window.to();
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
  private void marked(int from, int to, Findings out) throws IOException {
    byte[] bytes = window.bytes();
    int marker = extractor.markers().find(bytes, from, to);
    if (marker < 0) {
      out.countEvents(LineEnds.count(bytes, from, to));
      if (isAtEnd(to)) {
        leaveUnfinished(false);
      } else {
        window.advance(to);
      }
      return;
    }
    int start = marker;
    while (start > from && bytes[start - 1] != '\n') {
      start--;
    }
    out.countEvents(LineEnds.count(bytes, from, start));
    if (!putToFront(start)) {
      line(start, window.lineEnd(marker, to), out);
    }
  }

  /** Takes the first line of {@code [from, to)}, marked or not. */
  private void first(int from, int to, Findings out) throws IOException {
    if (putToFront(from)) {
      return;
    }
    int end = window.lineEnd(from, to);
    if (isAtEnd(end)) {
      // What a rule makes of half a line is not what it makes of all of it.
      leaveUnfinished(false);
    } else {
      line(from, end, out);
    }
  }

  /**
   * Makes room for the lines that a record may go on over, where there may be too little after the
   * line that starts at {@code start}; false where there is enough.
   */
  private boolean putToFront(int start) {
    if (!window.isFull() || window.hasEnded() || start <= window.to() / 2) {
      return false;
    }
    window.advance(start);
    window.compact();
    return true;
  }

  /** Extracts the line, and as many of those that follow as a record of it needs. */
  private void line(int start, int end, Findings out) throws IOException {
    out.countEvents(1);
    followingLines.of(start);
    LogEvent event = lineEvent.of(window, start, end);
    int recordsBefore = out.records().count();
    int entriesBefore = out.entries().size();
    try {
      extractor.extract(event, followingLines, out);
    } catch (IOException e) {
      // The offset stays before the line, so none of it may count yet.
      out.truncate(recordsBefore, entriesBefore);
      throw e;
    }
    if (extractor.isUnfinished()) {
      if (extractor.hasRules()) {
        // Rules are to see all of the event, so none of it may count yet.
        out.truncate(recordsBefore, entriesBefore);
        window.advance(start);
      } else {
        window.advance(extractor.unfinishedFrom());
      }
      leaveUnfinished(true);
      return;
    }
    int after = bounded(window.lineEnd(event.messageTo(), window.to()));
    if (isAtEnd(after)) {
      int beginning = extractor.markers().beginning(window.bytes(), start, after);
      window.advance(beginning);
      if (beginning < after) {
        leaveUnfinished(true);
      }
    } else {
      window.advance(Math.min(after + 1, bounded(window.to())));
    }
  }

  /** Whether the input ends at {@code index}, and not with a line end. */
  private boolean isAtEnd(int index) {
    return index == window.to()
        && window.hasEnded()
        && window.offset(index) < bound
        && (index == window.from() || window.bytes()[index - 1] != '\n');
  }

  private void leaveUnfinished(boolean counted) {
    atUnfinishedEnd = true;
    unfinishedCounted = counted;
  }

  /** Takes all that is left for one message that ends inside a record. */
  private void unfinished(Findings out) throws IOException {
    int end = window.to();
    if (window.bytes()[end - 1] == '\n') {
      end--;
    }
    out.countEvents(
        LineEnds.count(window.bytes(), window.from(), end) + (unfinishedCounted ? 0 : 1));
    LogEvent event = lineEvent.of(window, window.from(), end);
    if (mayGrow && end == window.to()) {
      extractor.extractUnended(event, out);
    } else {
      extractor.extract(event, out);
    }
    window.advance(window.to());
  }

  /** Passes a line that is longer than a line may be; to quarantine with it if it has a marker. */
  private void longLine(Findings out) throws IOException {
    long start = window.offset(window.from());
    byte @Nullable [] excerpt = LongLine.pass(window, extractor.markers(), extractor.hasRules());
    out.countEvents(1);
    if (excerpt != null) {
      refuseLong(start, excerpt, out);
    }
    int from = window.from();
    boolean lineEnded = from > 0 && window.bytes()[from - 1] == '\n';
    if (!lineEnded && from < window.to()) {
      leaveUnfinished(true);
    }
  }

  private void refuseLong(long start, byte[] excerpt, Findings out) {
    String detail =
        "the line has %d bytes, more than a line may have; its first %d are kept here"
            .formatted(window.offset(window.from()) - start, excerpt.length);
    String eventId = LineEvent.id(context, start);
    out.refuse(new BadRecord(TOO_LARGE, detail, context.origin(), eventId, null, excerpt));
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
    window.close();
  }
}
