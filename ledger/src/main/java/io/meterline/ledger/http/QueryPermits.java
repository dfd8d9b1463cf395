package io.meterline.ledger.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few questions be answered at once; others wait for a moment. */
final class QueryPermits {
  private final Semaphore free;
  private final Duration mostWait;

  QueryPermits(int mostAtOnce, Duration mostWait) {
    this.free = new Semaphore(mostAtOnce, true);
    this.mostWait = mostWait;
  }

  /** A turn, to be closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a turn. */
  Turn take() throws Problem {
    try {
      if (!free.tryAcquire(mostWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Problem.busy("too many questions at once; ask again");
      }
      return free::release;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy("the server is being stopped");
    }
  }
}
