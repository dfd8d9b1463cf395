package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.delivery.NotDelivered;
import io.meterline.lambda.simulation.MemoryS3.Fate;
import io.meterline.local.FunctionException;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An S3 that is slow or away makes a delivery fail in words: Lambda need never break it off. */
class SlowS3Test {
  private static final List<String> LINES =
      IntStream.range(0, 20).mapToObj(i -> Lines.bare(Lines.record("r" + i))).toList();
  private static final String FAILED =
      "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
          .formatted(LambdaEvents.sequenceNumber(0));

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "CUT", "SLOW_DOWN", "INTERNAL_ERROR", "CONFLICT"})
  void whatNeverSucceedsIsAnsweredBeforeTheTimeIsOver(Fate fate) throws FunctionException {
    Deployment agent =
        new Deployment(bucket -> fate)
            .timeout(Duration.ofSeconds(10))
            .retryBudget(Duration.ofMinutes(5));

    assertThat(agent.kinesis(event())).isEqualTo(FAILED);

    assertThat(agent.elapsed()).isLessThan(Duration.ofSeconds(10));
    assertThat(agent.printed()).contains("not delivered, to come again", "given up after");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15, 60, 900})
  void theTimeLeftBoundsAllPutsOfAnInvocationTogether(int seconds) throws FunctionException {
    int[] puts = {0};
    // Each put takes a while and then succeeds, but there are too many of them.
    Deployment agent =
        new Deployment(bucket -> puts[0]++ % 2 == 0 ? Fate.HANGS : Fate.DONE)
            .timeout(Duration.ofSeconds(seconds))
            .retryBudget(Duration.ofHours(1))
            .maxBodyBytes(200);

    String answer = agent.kinesis(event());
    if (seconds < 900) {
      assertThat(answer).isEqualTo(FAILED);
    } else {
      assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    }
    assertThat(agent.elapsed()).isLessThan(Duration.ofSeconds(seconds));
  }

  @Test
  void theRetryBudgetStaysTheUpperBound() throws FunctionException {
    Deployment agent =
        new Deployment(bucket -> Fate.SLOW_DOWN)
            .timeout(Duration.ofMinutes(15))
            .retryBudget(Duration.ofSeconds(5));

    assertThat(agent.kinesis(event())).isEqualTo(FAILED);

    assertThat(agent.elapsed()).isLessThan(Duration.ofSeconds(7));
  }

  @Test
  void aDirectEventFailsBeforeTheTimeIsOver() {
    Deployment agent = new Deployment(bucket -> Fate.HANGS).timeout(Duration.ofSeconds(5));
    String event = LambdaEvents.direct(Payload.of(LINES).gzip());

    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> agent.direct(event))
        .extracting(FunctionException::errorType)
        .isEqualTo(NotDelivered.class.getName());
  }

  @Test
  void theNextInvocationHasItsOwnTime() throws FunctionException {
    Fate[] fate = {Fate.HANGS};
    Deployment agent = new Deployment(bucket -> fate[0]).timeout(Duration.ofSeconds(5));
    assertThat(agent.kinesis(event())).isEqualTo(FAILED);

    fate[0] = Fate.DONE;

    assertThat(agent.kinesis(event())).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(agent.records()).hasSize(LINES.size());
  }

  private static String event() {
    return LambdaEvents.kinesis(Payload.of(LINES).gzip());
  }
}
