package io.meterline.core.lines;

import io.meterline.core.event.Window;
import io.meterline.core.json.Digits;
import io.meterline.core.record.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line as a log event: its id is where it starts, its time what it starts with. */
final class LineEvent {
  private static final String SEPARATOR = ":";

  private final LineContext context;
  private final LogEvent event = new LogEvent();
  private final Iso8601 times;
  private final int prefixLength;
  private final byte[] id;

  LineEvent(LineContext context) {
    this.context = context;
    this.times = new Iso8601(context.localTimes());
    byte[] prefix = (context.name() + SEPARATOR).getBytes(StandardCharsets.UTF_8);
    this.prefixLength = prefix.length;
    this.id = Arrays.copyOf(prefix, prefixLength + Digits.MOST);
  }

  /** The id of a line that starts at this offset. */
  static String id(LineContext context, long offset) {
    return context.name() + SEPARATOR + offset;
  }

  /** Shows the line, or the lines, in {@code [start, end)}. */
  LogEvent of(Window window, int start, int end) {
    byte[] bytes = window.bytes();
    int textEnd = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    event.from(context.origin()).plainMessage(bytes, start, textEnd);
    event.numberedId(id, prefixLength, window.offset(start));
    long time = times.parse(bytes, start, textEnd);
    if (time != Iso8601.NONE) {
      if (times.isLocal()) {
        event.localTimestamp(time, context.localTimes());
      } else {
        event.timestamp(time);
      }
    } else if (context.clock() != null) {
      event.timestamp(context.clock().millis());
    }
    return event;
  }
}
