package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InProcessFunctionTest {
  private final Cloud cloud = Cloud.quiet();
  private final List<String> log = new ArrayList<>();

  @Test
  void aHandlerGetsTheEventAndItsContextAndAnswers() throws Exception {
    InProcessFunction function =
        function(
            sandbox ->
                (event, answer, context) -> {
                  context.getLogger().log("left: " + context.getRemainingTimeInMillis());
                  answer.write(event.readAllBytes());
                });
    assertThat(function.invoke(invocation("hello"))).isEqualTo(Cloud.bytes("hello"));
    assertThat(log).containsExactly("left: 60000");
  }

  @Test
  void aWarmHandlerIsUsedAgainAndAnErrorLeavesItWarm() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    InProcessFunction function =
        function(
            sandbox ->
                (event, answer, context) -> {
                  if (calls.incrementAndGet() == 2) {
                    throw new IOException("no disk");
                  }
                });
    function.invoke(invocation(""));
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> function.invoke(invocation("")))
        .withMessage("java.io.IOException: no disk");
    function.invoke(invocation(""));
    assertThat(function.coldStarts()).isEqualTo(1);
  }

  @Test
  void aProcessThatHasEndedHasNoMoreEffectsWhateverItsHandlerCatches() throws Exception {
    List<String> effects = new ArrayList<>();
    InProcessFunction function =
        new InProcessFunction(sandbox -> swallowing(sandbox, effects), crashingAt("put"), log::add);
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> function.invoke(invocation("")))
        .extracting(FunctionException::errorType)
        .isEqualTo("Runtime.ExitError");
    assertThat(effects).isEmpty();
    assertThat(log).containsExactly("swallowed", "swallowed", "swallowed");
    function.invoke(invocation(""));
    assertThat(effects).hasSize(3);
    assertThat(function.coldStarts()).isEqualTo(2);
  }

  @Test
  void anInvocationEndsAtItsDeadlineAndItsProcessWithIt() {
    List<String> effects = new ArrayList<>();
    InProcessFunction function =
        function(
            sandbox ->
                (event, answer, context) -> {
                  sandbox.elapse(Duration.ofSeconds(59), "connect");
                  effects.add("connected");
                  sandbox.elapse(Duration.ofSeconds(9), "put");
                  effects.add("put");
                });
    assertThatExceptionOfType(FunctionException.class)
        .isThrownBy(() -> function.invoke(invocation("")))
        .extracting(FunctionException::errorType)
        .isEqualTo("Sandbox.Timedout");
    assertThat(effects).containsExactly("connected");
    assertThat(cloud.world.now()).isEqualTo(Cloud.START.plusSeconds(60));
  }

  @Test
  void aCrashCanTakePlaceBeforeTheEventAndAfterTheWorkIsDone() {
    for (String where : List.of("init", "event", "answer")) {
      List<String> effects = new ArrayList<>();
      InProcessFunction function =
          new InProcessFunction(
              sandbox -> (event, answer, context) -> effects.add("worked"),
              crashingAt(where),
              log::add);
      assertThatExceptionOfType(FunctionException.class)
          .isThrownBy(() -> function.invoke(invocation("")))
          .withMessageContaining("the process ended at " + where);
      assertThat(effects).hasSize(where.equals("answer") ? 1 : 0);
    }
  }

  private static RequestStreamHandler swallowing(Sandbox sandbox, List<String> effects) {
    return (event, answer, context) -> {
      for (int i = 0; i < 3; i++) {
        try {
          sandbox.step("put");
          effects.add("put");
        } catch (SandboxCrash e) {
          // What a handler must not do, and can't do to a process that is gone.
          context.getLogger().log("swallowed");
        }
      }
    };
  }

  private InProcessFunction function(HandlerFactory handlers) {
    return new InProcessFunction(handlers, cloud.world, log::add);
  }

  /** A world in which a process ends once, at one place. */
  private World crashingAt(String place) {
    AtomicBoolean crashed = new AtomicBoolean();
    return new World(
        cloud.world.timeline(),
        cloud.world.random(),
        (fault, where) -> fault == Fault.CRASH && where.equals(place) && !crashed.getAndSet(true),
        cloud.trace);
  }

  private static Invocation invocation(String event) {
    return new Invocation("id", "agent", Cloud.START.plusSeconds(60), Cloud.bytes(event));
  }
}
