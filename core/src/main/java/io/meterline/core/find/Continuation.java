package io.meterline.core.find;

import io.meterline.core.record.LogEvent;
import java.io.IOException;

/** What can show more of a message, where a record in it does not end with what is shown. */
public interface Continuation {
  /** What came of asking for more. */
  enum Answer {
    /** The message is all there is: the record is truncated. */
    NOTHING_MORE,
    /** The message was made longer, and the record is to be read again. */
    LONGER,
    /** The rest is not there yet: the record is to be left alone, and all that follows it. */
    NOT_YET
  }

  /** A message that is whole as it is. */
  Continuation NONE =
      new Continuation() {
        @Override
        public Answer extend(LogEvent event, int valueFrom, int to) {
          return Answer.NOTHING_MORE;
        }

        @Override
        public boolean isOpen(int to) {
          return false;
        }
      };

  /**
   * Extends the event's message beyond {@code to}, where that may make the value whole that starts
   * at {@code valueFrom}, or that starts after it. The bytes may move to another array, but not
   * within it.
   */
  Answer extend(LogEvent event, int valueFrom, int to) throws IOException;

  /**
   * Whether the message that ends at {@code to} may still be incomplete: then what can't be read in
   * it is left alone, since the rest may make it right.
   */
  boolean isOpen(int to) throws IOException;
}
