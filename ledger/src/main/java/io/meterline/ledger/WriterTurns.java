package io.meterline.ledger;

import io.meterline.ledger.store.LedgerFile;
import io.meterline.ledger.store.LedgerUnavailable;
import io.meterline.ledger.store.LedgerWriter;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one who loads for long: each lasts a moment where others wait to write. What was
 * taken in during a turn need not be committed at its end: the next commit has it, whoever's it is.
 */
final class WriterTurns {
  private static final long LEAST_NANOS = Duration.ofMillis(100).toNanos();

  private final ReentrantLock writing;
  private final LedgerFile file;
  private @Nullable LedgerWriter first;
  private long start;

  /** What is done in a turn. */
  @FunctionalInterface
  interface Turn {
    void run(LedgerFile.Opened opened) throws SQLException, IOException;
  }

  WriterTurns(ReentrantLock writing, LedgerFile file) {
    this.writing = writing;
    this.file = file;
  }

  /**
   * Waits for a turn and uses it.
   *
   * @throws LedgerUnavailable where the file was opened anew since the first turn: what was taken
   *     in by then, and not committed, is forgotten
   */
  void run(Turn turn) throws SQLException, IOException {
    writing.lock();
    try {
      LedgerFile.Opened opened = file.write();
      try {
        checkSame(opened.intake());
        start = System.nanoTime();
        turn.run(opened);
        file.written();
      } catch (SQLException | RuntimeException | Error e) {
        file.writeFailed(e);
        throw e;
      } finally {
        file.leave();
      }
    } finally {
      writing.unlock();
    }
  }

  private void checkSame(LedgerWriter intake) throws LedgerUnavailable {
    if (first == null) {
      first = intake;
    } else if (first != intake) {
      throw new LedgerUnavailable(
          "a write failed while this was loaded; what is loaded stays, the next load goes on from"
              + " there",
          Duration.ofSeconds(1),
          null);
    }
  }

  /** Whether others wait, and this turn has lasted for a moment. */
  boolean isOver() {
    return writing.hasQueuedThreads() && System.nanoTime() - start > LEAST_NANOS;
  }
}
