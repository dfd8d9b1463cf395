package io.meterline.cli.demo;

import io.meterline.local.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that runs faster than the wall's, and the sleep that goes with it. Under chaos the local
 * AWS lives by it: Lambda waits a minute and then two before it tries an event again, and nobody
 * who looks at a demo does.
 */
final class QuickClock implements InstantSource {
  private final InstantSource wall;
  private final Instant start;
  private final int factor;

  QuickClock(InstantSource wall, int factor) {
    this.wall = wall;
    this.start = wall.instant();
    this.factor = factor;
  }

  @Override
  public Instant instant() {
    return start.plus(Duration.between(start, wall.instant()).multipliedBy(factor));
  }

  Sleeper sleeper(Sleeper wallSleeper) {
    return new Sleeper() {
      @Override
      public void sleep(Duration atMost) throws InterruptedException {
        wallSleeper.sleep(atMost.dividedBy(factor));
      }

      @Override
      public void wake() {
        wallSleeper.wake();
      }
    };
  }
}
