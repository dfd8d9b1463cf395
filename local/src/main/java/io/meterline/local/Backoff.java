package io.meterline.local;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays that double from try to try up to a longest one, each between its half and its whole. */
record Backoff(Duration first, Duration longest) {
  private static final int ENOUGH_DOUBLINGS = 20;

  /** The delay after so many failures before this one. */
  Duration after(int failures, RandomGenerator random) {
    long whole =
        Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, ENOUGH_DOUBLINGS));
    return Duration.ofMillis(random.nextLong(whole / 2, whole + 1));
  }
}
