package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private final Timeline timeline = new Timeline(Cloud.START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void stepsRunAtTheirTimeAndInTheOrderAskedForAtOneTime() {
    timeline.after(Duration.ofSeconds(2), () -> note("late"));
    timeline.after(Duration.ofSeconds(1), () -> note("first"));
    timeline.after(Duration.ofSeconds(1), () -> note("second"));
    timeline.advance(Duration.ofMillis(1500));
    assertThat(ran).containsExactly("first at 1s", "second at 1s");
    assertThat(timeline.instant()).isEqualTo(Cloud.START.plusMillis(1500));
    assertThat(timeline.next()).hasValue(Cloud.START.plusSeconds(2));
  }

  @Test
  void whatFallsDueDuringABlockingCallRunsAfterIt() {
    timeline.after(
        Duration.ofSeconds(1),
        () -> {
          timeline.elapse(Duration.ofSeconds(10));
          note("blocking");
        });
    timeline.after(Duration.ofSeconds(2), () -> note("other"));
    timeline.advance(Duration.ofSeconds(2));
    assertThat(ran).containsExactly("blocking at 11s", "other at 11s");
  }

  @Test
  void settlingEndsWhenNothingIsLeftOrTimeIsUp() {
    timeline.after(Duration.ofHours(1), () -> note("once"));
    assertThat(timeline.settle(Duration.ofMinutes(1))).isFalse();
    assertThat(timeline.settle(Duration.ofDays(7))).isTrue();
    assertThat(timeline.instant()).isEqualTo(Cloud.START.plusSeconds(3600));
  }

  @Test
  void aDriverRunsEachStepWhenTheClockGetsThere() {
    WatchedSleeper sleeper = new WatchedSleeper();
    RealTime driver = new RealTime(timeline, () -> sleeper.now, sleeper);
    driver.execute(
        () -> {
          timeline.after(Duration.ofSeconds(5), () -> note("step"));
          timeline.after(Duration.ofMinutes(3), driver::close);
        });
    driver.run();
    assertThat(ran).containsExactly("step at 5s");
    assertThat(sleeper.slept).startsWith(Duration.ofSeconds(5), Duration.ofMinutes(1));
    Assertions.assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> driver.execute(() -> note("too late")));
  }

  @Test
  void aSleeperIsWokenByWorkFromAnotherThread() throws InterruptedException {
    Timeline now = new Timeline(Instant.now());
    RealTime driver = new RealTime(now, Instant::now, Sleeper.real());
    Thread thread = Thread.ofVirtual().start(driver);
    driver.execute(() -> note("work"));
    driver.execute(driver::close);
    assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    assertThat(ran).hasSize(1);
  }

  private void note(String what) {
    ran.add(what + " at " + Duration.between(Cloud.START, timeline.instant()).toSeconds() + "s");
  }

  /** Sleeps by moving its clock. */
  private static final class WatchedSleeper implements Sleeper {
    private Instant now = Cloud.START;
    private final List<Duration> slept = new ArrayList<>();

    @Override
    public void sleep(Duration atMost) {
      slept.add(atMost);
      now = now.plus(atMost);
    }

    @Override
    public void wake() {}
  }
}
