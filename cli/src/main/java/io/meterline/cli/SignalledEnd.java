package io.meterline.cli;

import io.meterline.core.delivery.LiveInput;
import io.meterline.core.retry.TimeLeft;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work on an input end in order where the process is told to end (Ctrl-C, SIGTERM): the input
 * ends, and what was read is delivered before the process does. One for the thread that makes it.
 */
final class SignalledEnd implements AutoCloseable {
  /** Less than the 10 s after which Docker kills. */
  static final Duration GRACE = Duration.ofSeconds(8);

  private static final Duration UNBOUNDED = Duration.ofDays(36_500);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final LiveInput in;
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "signalled-end");
  private volatile boolean ending;
  private volatile long deadline;

  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  SignalledEnd(LiveInput in) {
    this.in = in;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does the work, whose retries end in time once a signal has come. */
  void run(Work work) throws IOException {
    TimeLeft.<Boolean, IOException>within(
        this::left,
        () -> {
          work.run();
          return true;
        });
  }

  private Duration left() {
    return ending ? Duration.ofNanos(deadline - System.nanoTime()) : UNBOUNDED;
  }

  private void end() {
    deadline = System.nanoTime() + GRACE.toNanos();
    ending = true;
    in.stop();
    if (!isDoneWithin(GRACE)) {
      // It waits for an answer, or to try again.
      worker.interrupt();
      boolean _ = isDoneWithin(LAST_WORDS);
    }
  }

  private boolean isDoneWithin(Duration patience) {
    try {
      return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The work is done, and all is said. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook was waiting for this.
    }
  }
}
