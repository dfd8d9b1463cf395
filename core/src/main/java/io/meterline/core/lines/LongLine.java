package io.meterline.core.lines;

import io.meterline.core.event.Window;
import io.meterline.core.find.Markers;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line that is longer than a line may be: passed, and never held whole. */
final class LongLine {
  /** How much of it goes to quarantine: what a log event of AWS may hold. */
  private static final int EXCERPT = 1024 * 1024;

  private LongLine() {}

  /**
   * Passes the line at the window's start, or what there is of it but for what may become a marker.
   *
   * @param taken whether a rule may have taken it, marker or not
   * @return how the line starts, where it has a marker or may have been taken
   */
  static byte @Nullable [] pass(Window window, Markers markers, boolean taken) throws IOException {
    int headEnd = Math.min(window.to(), window.from() + EXCERPT);
    byte[] head = Arrays.copyOfRange(window.bytes(), window.from(), headEnd);
    boolean marked = taken;
    boolean lineEnded = false;
    boolean more = true;
    while (!lineEnded && more) {
      int end = window.lineEnd(window.from(), window.to());
      lineEnded = end < window.to();
      // A marker may be across the end of what is held, or be the start of a longer word.
      int open = lineEnded ? end : markers.beginning(window.bytes(), window.from(), end);
      int marker = markers.find(window.bytes(), window.from(), end);
      marked |= marker >= 0 && marker < open;
      window.advance(lineEnded ? end + 1 : open);
      if (!lineEnded) {
        window.compact();
        more = window.more();
      }
    }
    return marked ? head : null;
  }
}
