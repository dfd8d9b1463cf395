package io.meterline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.retry.Retries;
import io.meterline.core.retry.RetrySchedule;
import io.meterline.core.retry.TimeLeft;
import io.meterline.core.retry.TryAgainException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class TimeLeftTest {
  private final RecordedWaits clock = new RecordedWaits();
  private final Retries retries =
      new Retries(
          RetrySchedule.doubling(
              Duration.ofSeconds(1), Duration.ofSeconds(4), 100, Duration.ofMinutes(5)),
          clock,
          new Random(1));
  private int tries;

  @Test
  void withoutAnEndPatienceIsWhatItIs() {
    assertThat(TimeLeft.atMost(Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void theShorterHoldsAndNeverLessThanNothing() {
    Duration patience = Duration.ofSeconds(30);
    assertThat(atMost(patience, Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(9));
    assertThat(atMost(patience, Duration.ofMinutes(9))).isEqualTo(patience);
    assertThat(atMost(patience, Duration.ofSeconds(-9))).isEqualTo(Duration.ZERO);
    assertThat(TimeLeft.atMost(patience)).as("outside of the call").isEqualTo(patience);
  }

  @Test
  void noTryIsWaitedForThatWouldBeginTooLate() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TimeLeft.within(until(Duration.ofSeconds(20)), this::tryOn))
        .withMessageContaining("not now (given up after");
    assertThat(Duration.ofNanos(clock.nanos()))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
  }

  @Test
  void whereNoneIsLeftNothingIsTried() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TimeLeft.within(() -> Duration.ZERO, this::tryOn))
        .withMessage("no time was left for a try");
    assertThat(tries).isZero();
  }

  private static Duration atMost(Duration patience, Duration left) {
    return TimeLeft.within(() -> left, () -> TimeLeft.atMost(patience));
  }

  private Supplier<Duration> until(Duration end) {
    return () -> end.minusNanos(clock.nanos());
  }

  private String tryOn() throws IOException {
    return retries.call(
        () -> {
          tries++;
          throw new TryAgainException("not now", null);
        });
  }
}
