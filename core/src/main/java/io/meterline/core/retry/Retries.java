package io.meterline.core.retry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Repeats what failed and may pass by itself, by a schedule. */
public final class Retries {
  private final RetrySchedule schedule;
  private final MonotonicClock clock;
  private final RandomGenerator random;

  public Retries(RetrySchedule schedule, MonotonicClock clock, RandomGenerator random) {
    this.schedule = requireNonNull(schedule, "schedule is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** By the machine's clock. */
  public static Retries system(RetrySchedule schedule) {
    return new Retries(schedule, MonotonicClock.SYSTEM, RandomGenerator.getDefault());
  }

  /**
   * What {@code attempt} returns, once it does.
   *
   * @throws IOException as soon as a try fails with anything but {@link TryAgainException}; or with
   *     the last of those, when the schedule's waits, its budget or the {@link TimeLeft} are used
   *     up
   */
  public <T> T call(Attempt<T> attempt) throws IOException {
    if (TimeLeft.isOver()) {
      throw new IOException("no time was left for a try");
    }
    long start = clock.nanos();
    for (int tries = 1; ; tries++) {
      try {
        return attempt.call();
      } catch (TryAgainException failure) {
        Duration elapsed = Duration.ofNanos(clock.nanos() - start);
        if (tries > schedule.ceilings().size()) {
          throw givenUp(failure, tries, elapsed);
        }
        Duration wait = wait(tries, failure.notBefore());
        Duration left = TimeLeft.atMost(schedule.budget().minus(elapsed));
        if (wait.compareTo(left) > 0) {
          throw givenUp(failure, tries, elapsed);
        }
        sleep(wait, failure);
      }
    }
  }

  private Duration wait(int tries, Duration notBefore) {
    long ceiling = schedule.ceilings().get(tries - 1).toNanos();
    // What the other side asks for comes on top of the jitter: else all would return in one moment.
    return notBefore.plusNanos(ceiling == 0 ? 0 : random.nextLong(ceiling + 1));
  }

  private void sleep(Duration wait, TryAgainException failure) throws IOException {
    try {
      clock.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted after: " + failure.getMessage());
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private static IOException givenUp(TryAgainException last, int tries, Duration elapsed) {
    return new IOException(
        "%s (given up after %d %s in %.1f s)"
            .formatted(
                last.getMessage(), tries, tries == 1 ? "try" : "tries", elapsed.toMillis() / 1e3),
        last);
  }

  /** One try. */
  @FunctionalInterface
  public interface Attempt<T> {
    /**
     * Tries.
     *
     * @throws TryAgainException where another try may succeed
     * @throws IOException where none will
     */
    T call() throws IOException;
  }
}
