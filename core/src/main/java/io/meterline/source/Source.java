package io.meterline.source;

import io.meterline.extract.Extraction;
import java.io.IOException;

/** An input that is read step by step, each step a payload or a few lines. */
public interface Source extends AutoCloseable {
  /**
   * Reads a step and adds what it finds; false where there is nothing more.
   *
   * @throws IOException where the input can't be read on; what was found before stays found
   */
  boolean next(Extraction out) throws IOException;

  /**
   * Passes what stands before an offset that {@link #offset} gave in an earlier reading. Nothing
   * may have been read yet.
   */
  default void skip(long bytes) throws IOException {
    Extraction passed = new Extraction(refused -> {});
    while (offset() < bytes && next(passed)) {
      passed.clearRecords();
    }
  }

  /** How many bytes of the input need not be read again. */
  long offset();

  /**
   * Whether all that is left is a last line without a line end, and with a record that is cut off.
   * It may be still in the writing: once it was read, {@link #offset} stays before it.
   */
  default boolean isAtUnfinishedLine() {
    return false;
  }

  @Override
  void close() throws IOException;
}
