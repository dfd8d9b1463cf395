package io.meterline.core.lines;

import io.meterline.core.event.Window;
import io.meterline.core.find.Continuation;
import io.meterline.core.find.Markers;
import io.meterline.core.find.Separators;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonCursor.Fault;
import io.meterline.core.record.LogEvent;
import java.io.IOException;

/**
 * The lines after the current one, for a record that continues on them. It goes on over them if
 * that makes it whole and none of them has a marker of its own.
 */
final class FollowingLines implements Continuation {
  private static final int MAX_DEPTH = 65;

  private final Window window;
  private final Markers markers;
  private final JsonCursor cursor = JsonCursor.structural();
  private int lineStart;
  private long bound = Long.MAX_VALUE;

  FollowingLines(Window window, Markers markers) {
    this.window = window;
    this.markers = markers;
  }

  /** The input counts as ended there, but for a record that was found to go on beyond. */
  void endAt(long newBound) {
    bound = newBound;
  }

  /** The line that is shown starts here. */
  void of(int start) {
    lineStart = start;
  }

  @Override
  public Answer extend(LogEvent shown, int valueFrom, int to) throws IOException {
    int start = valueStart(valueFrom);
    if (start == window.to()) {
      return window.hasEnded() ? Answer.NOT_YET : Answer.NOTHING_MORE;
    }
    return isBracket(window.bytes()[start]) ? extendOver(shown, start, to) : notThere(to);
  }

  /** Where the value starts: after the line end, where the marker is the line's last word. */
  private int valueStart(int from) throws IOException {
    int start = Separators.end(window.bytes(), from, window.to());
    while (start == window.to() && window.more()) {
      start = Separators.end(window.bytes(), start, window.to());
    }
    return start;
  }

  private Answer notThere(int to) throws IOException {
    return isOpen(to) ? Answer.NOT_YET : Answer.NOTHING_MORE;
  }

  private Answer extendOver(LogEvent shown, int valueFrom, int to) throws IOException {
    boolean whole = false;
    do {
      cursor.reset(window.bytes(), valueFrom, window.to());
      whole = cursor.value(MAX_DEPTH);
    } while (!whole && cursor.fault() == Fault.TRUNCATED && window.more());
    if (markers.find(window.bytes(), to, cursor.at()) >= 0) {
      return Answer.NOTHING_MORE;
    }
    if (whole) {
      // A marker after the value, on the line it ends on, belongs to this event.
      int end = readToLineEnd(cursor.at());
      if (end <= to) {
        return Answer.NOTHING_MORE;
      }
      shown.plainMessage(window.bytes(), lineStart, end);
      return Answer.LONGER;
    }
    boolean cutByEnd = cursor.fault() == Fault.TRUNCATED && window.hasEnded();
    return cutByEnd ? Answer.NOT_YET : notThere(to);
  }

  @Override
  public boolean isOpen(int to) throws IOException {
    return window.lineEnd(to, window.to()) == window.to()
        && !window.more()
        && window.hasEnded()
        && window.offset(to) < bound;
  }

  private int readToLineEnd(int from) throws IOException {
    int end = window.lineEnd(from, window.to());
    while (end == window.to() && window.more()) {
      end = window.lineEnd(end, window.to());
    }
    return end;
  }

  private static boolean isBracket(byte b) {
    return b == '{' || b == '[';
  }
}
