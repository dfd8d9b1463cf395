package io.meterline.ledger.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Writes in a thread of its own, one thing at a time, while the caller goes on. */
final class WriteBehind {
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

  /** What is to be done with the file. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  /** Starts the work; what was started before must have been awaited. */
  void start(Work work) {
    written =
        CompletableFuture.runAsync(
            () -> {
              try {
                work.run();
              } catch (SQLException e) {
                throw new CompletionException(e);
              }
            },
            task -> Thread.ofPlatform().daemon().name("ledger-write").start(task));
  }

  /** Whether nothing is being done. */
  boolean isIdle() {
    return written.isDone();
  }

  /** Waits for the work's end, and fails where it failed: once. */
  void await() throws SQLException {
    CompletableFuture<Void> last = written;
    written = CompletableFuture.completedFuture(null);
    try {
      last.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
