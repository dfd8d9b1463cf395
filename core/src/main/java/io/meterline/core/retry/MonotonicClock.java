package io.meterline.core.retry;

import java.time.Duration;

/** Time as a wait needs it: how much has gone by, and letting some go by. */
public interface MonotonicClock {
  /** The machine's. */
  MonotonicClock SYSTEM =
      new MonotonicClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Nanoseconds since some moment; never goes back, whatever is done to the wall clock. */
  long nanos();

  /** Returns when {@code duration} has gone by. */
  void sleep(Duration duration) throws InterruptedException;
}
