package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.local.FunctionException;
import io.meterline.local.Invocation;
import org.junit.jupiter.api.Test;

class FullEventTest {
  private static final String DONE = "{\"batchItemFailures\":[]}";

  private final FullEvent event = new FullEvent();
  private final Deployment agent = new Deployment();

  @Test
  void theSampleIsAlmostAsLargeAsLambdaSends() {
    assertThat(event.json().length())
        .isBetween(Invocation.MAX_EVENT_BYTES * 9 / 10, Invocation.MAX_EVENT_BYTES);
  }

  @Test
  void anInvocationTakesOnePut() throws FunctionException {
    assertThat(agent.kinesis(event.json())).isEqualTo(DONE);

    assertThat(agent.puts()).isEqualTo(1);
    assertThat(agent.records()).hasSize(event.records());
  }

  @Test
  void aBodyAboveTheLimitTakesAsManyAsItMust() throws FunctionException {
    agent.maxBodyBytes(2 * 1024 * 1024);

    assertThat(agent.kinesis(event.json())).isEqualTo(DONE);

    int bytes = agent.records().stream().mapToInt(record -> record.length() + 1).sum();
    assertThat(agent.puts()).isBetween(bytes / (2 * 1024 * 1024), bytes / (1024 * 1024) + 1);
    assertThat(agent.records()).hasSize(event.records());
  }
}
