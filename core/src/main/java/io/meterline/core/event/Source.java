package io.meterline.core.event;

import io.meterline.core.find.Findings;
import java.io.IOException;

/** An input that is read step by step, each step a payload or a few lines. */
public interface Source extends AutoCloseable {
  /**
   * Reads a step and adds what it finds; false where there is nothing more.
   *
   * @throws IOException where the input can't be read on; what was found before stays found
   */
  boolean next(Findings out) throws IOException;

  /**
   * Passes what is before an offset that {@link #offset} gave in an earlier reading. Nothing may
   * have been read yet.
   */
  default void skip(long bytes) throws IOException {
    Findings passed = new Findings();
    while (offset() < bytes && next(passed)) {
      passed.clear();
    }
  }

  /**
   * How many bytes of the input need not be read again: those up to the end of the last step, so
   * that skipping them leaves what follows, however much that has become.
   */
  long offset();

  /**
   * Reads on as if the input ended at an offset that {@link #offset} gave in an earlier reading,
   * however much it has grown since; the largest number lifts that.
   */
  default void endAt(long bound) {
    // A step ends where its payload does, whatever follows it.
  }

  /**
   * Says that the input may be longer when it is read again: then no rule is checked against a last
   * line that does not end.
   */
  default void mayGrow() {
    // A payload that is cut off is none.
  }

  /**
   * Whether all that is left is a last line without a line end, a record or a payload that is cut
   * off. It may still be incomplete. The next step reads it all the same.
   */
  default boolean isAtUnfinishedEnd() {
    return false;
  }

  @Override
  void close() throws IOException;
}
