package io.meterline.cli;

import io.meterline.core.files.FollowRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows files until the process is told to end, then delivers what was written up to then.
 *
 * <p>The signal is answered within the ten seconds that a container is usually given.
 */
final class FollowLoop implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration LAST_DELIVERY = Duration.ofSeconds(8);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final PrintWriter words;
  private final Thread hook = new Thread(this::end, "follow-end");

  FollowLoop(PrintWriter words) {
    this.words = words;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns when the process is to end; false where something could not be delivered. */
  boolean follow(FollowRun run) throws IOException {
    try {
      do {
        run.look();
      } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return run.finish();
  }

  private void end() {
    stop.countDown();
    try {
      if (!done.await(LAST_DELIVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        words.println(
            "meterline: stopped before all was delivered: the next run goes on from there");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All has been said, and the process may end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is ending.
    }
  }
}
