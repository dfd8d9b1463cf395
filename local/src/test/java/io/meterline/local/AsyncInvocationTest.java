package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class AsyncInvocationTest {
  private static final byte[] EVENT = Cloud.bytes("{\"a\":1}");

  @Test
  void anErrorIsRetriedAfterOneMinuteAndAfterTwoAndThenGoesToTheDestination() {
    Cloud cloud = Cloud.quiet();
    List<Instant> tries = new ArrayList<>();
    cloud.function =
        invocation -> {
          tries.add(cloud.world.now());
          throw Cloud.error();
        };
    AsyncInvocation function = cloud.async(AsyncSettings.defaults());
    function.invoke(EVENT);
    assertThat(function.pending()).isEqualTo(1);
    assertThat(cloud.world.timeline().settle(Duration.ofHours(1))).isTrue();
    assertThat(tries).hasSize(3);
    assertThat(Duration.between(tries.get(0), tries.get(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(Duration.between(tries.get(1), tries.get(2))).isEqualTo(Duration.ofMinutes(2));
    assertThat(function.pending()).isZero();
    JsonNode document = Cloud.json(cloud.failed.getFirst().document());
    assertThat(document.at("/requestContext/condition").asString()).isEqualTo("RetriesExhausted");
    assertThat(document.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(document.get("requestPayload")).isEqualTo(Cloud.json(EVENT));
    assertThat(cloud.failed.getFirst().payload()).isEqualTo(EVENT);
  }

  @Test
  void theSameRequestIdComesWithEachRetry() {
    Cloud cloud = Cloud.quiet();
    List<String> ids = new ArrayList<>();
    cloud.function =
        invocation -> {
          ids.add(invocation.requestId());
          throw Cloud.error();
        };
    cloud.async(AsyncSettings.defaults()).invoke(EVENT);
    cloud.advance(Duration.ofHours(1));
    assertThat(ids).hasSize(3).containsOnly(ids.getFirst());
  }

  @Test
  void whileTheFunctionCanNotBeInvokedTheEventWaitsUpToItsAge() {
    Cloud cloud = new Cloud(Map.of(Fault.INVOKE_THROTTLED, 1.0));
    cloud.async(AsyncSettings.defaults()).invoke(EVENT);
    cloud.advance(Duration.ofHours(5));
    assertThat(cloud.failed).isEmpty();
    cloud.advance(Duration.ofHours(2));
    assertThat(
            Cloud.json(cloud.failed.getFirst().document())
                .at("/requestContext/condition")
                .asString())
        .isEqualTo("EventAgeExceeded");
    assertThat(cloud.events).isEmpty();
  }

  @Test
  void anEventCanBeInvokedMoreThanOnceAfterASuccess() {
    Cloud cloud = new Cloud(Map.of(Fault.INVOKED_TWICE, 0.5));
    AsyncInvocation function = cloud.async(AsyncSettings.defaults());
    for (int i = 0; i < 20; i++) {
      function.invoke(EVENT);
    }
    cloud.advance(Duration.ofHours(1));
    assertThat(cloud.events).hasSizeGreaterThan(20);
    assertThat(function.pending()).isZero();
  }

  @Test
  void anEventOfMoreThan1MebibyteIsRefused() {
    AsyncInvocation function = Cloud.quiet().async(AsyncSettings.defaults());
    function.invoke(new byte[1024 * 1024]);
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> function.invoke(new byte[1024 * 1024 + 1]))
        .withMessageStartingWith("RequestTooLargeException");
  }
}
