package io.meterline.local;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How a driver waits for the next step. */
public interface Sleeper {
  /** Sleeps for {@code atMost}, or until woken; a wake-up before the call counts. */
  void sleep(Duration atMost) throws InterruptedException;

  /** Ends the sleep of another thread. */
  void wake();

  /** Sleeps as long as a watch on the wall says. */
  static Sleeper real() {
    Semaphore wakeUps = new Semaphore(0);
    return new Sleeper() {
      @Override
      public void sleep(Duration atMost) throws InterruptedException {
        if (wakeUps.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
          wakeUps.drainPermits();
        }
      }

      @Override
      public void wake() {
        wakeUps.release();
      }
    };
  }
}
