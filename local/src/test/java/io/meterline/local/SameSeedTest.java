package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Days of logs through all parts with all faults. */
final class SameSeedTest {
  private static final Duration SPAN = Duration.ofDays(2);

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= 12; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void twoRunsOfOneSeedHaveTheSameTraceByteForByte(long seed) {
    String trace = new Scenario(seed).run().cloud.trace.toString();
    assertThat(trace).contains(" fault CRASH", " fault DELIVERED_TWICE", " kinesis split ");
    assertThat(new Scenario(seed).run().cloud.trace.toString()).isEqualTo(trace);
  }

  @Test
  void anotherSeedHasAnotherTrace() {
    assertThat(new Scenario(1).run().cloud.trace.toString())
        .isNotEqualTo(new Scenario(2).run().cloud.trace.toString());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachEventIsHandledSkippedDroppedOrWholeInTheDestination(long seed) {
    Scenario scenario = new Scenario(seed).run();
    Set<String> ended = new HashSet<>(scenario.handled);
    scenario.subscription.skipped().forEach(event -> ended.add(event.id()));
    scenario.subscription.dropped().forEach(event -> ended.add(event.id()));
    scenario.cloud.failed.forEach(failed -> ended.addAll(ids(failed.payload())));
    scenario.mapping.lost().forEach(record -> ended.addAll(idsOf(record.data())));
    assertThat(ended).isEqualTo(scenario.put);
  }

  @Test
  void theTraceHoldsNoTextOfALogEvent() {
    assertThat(new Scenario(1).run().cloud.trace.toString()).doesNotContain("SECRET");
  }

  private static Set<String> ids(byte[] event) {
    Set<String> ids = new HashSet<>();
    Cloud.data(event).forEach(data -> ids.addAll(idsOf(data)));
    return ids;
  }

  private static Set<String> idsOf(byte[] data) {
    Set<String> ids = new HashSet<>();
    JsonNode payload = Cloud.gunzip(data);
    if (payload.get("messageType").asString().equals("DATA_MESSAGE")) {
      payload.get("logEvents").forEach(event -> ids.add(event.get("id").asString()));
    }
    return ids;
  }

  private static final class Scenario {
    private final Cloud cloud;
    private final SplittableRandom random;
    private final Set<String> put = new HashSet<>();
    private final Set<String> handled = new HashSet<>();
    private final DataStream stream;
    private final LogGroup group;
    private final Subscription subscription;
    private final EventSourceMapping mapping;

    Scenario(long seed) {
      Map<Fault, Double> chances = new EnumMap<>(Fault.class);
      for (Fault fault : Fault.values()) {
        chances.put(fault, fault == Fault.DELIVERY_DENIED ? 0.005 : 0.05);
      }
      cloud = new Cloud(seed, chances);
      random = new SplittableRandom(seed);
      stream = cloud.stream(StreamSettings.defaults().withShards(2));
      group = cloud.group(LogGroupSettings.defaults());
      cloud.function =
          new InProcessFunction(
              sandbox ->
                  (event, answer, context) -> {
                    Set<String> ids = ids(event.readAllBytes());
                    sandbox.step("before");
                    handled.addAll(ids);
                    sandbox.step("after");
                  },
              cloud.world,
              line -> {});
      subscription =
          group.putSubscriptionFilter(
              new SubscriptionFilter(
                  "all",
                  FilterPattern.parse(""),
                  new LogDestination.Kinesis(stream),
                  Distribution.RANDOM));
      mapping =
          cloud.map(
              stream,
              EventSourceMappingSettings.defaults()
                  .withBatch(20, Duration.ofSeconds(30))
                  .withMaximumRetryAttempts(2)
                  .withBisectBatchOnFunctionError());
    }

    Scenario run() {
      write();
      cloud.advance(SPAN);
      assertThat(cloud.world.timeline().settle(Duration.ofDays(3))).isTrue();
      assertThat(mapping.caughtUp()).isTrue();
      return this;
    }

    private void write() {
      if (cloud.world.now().isAfter(Cloud.START.plus(SPAN))) {
        return;
      }
      int count = random.nextInt(1, 10);
      List<InputLogEvent> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(new InputLogEvent(cloud.world.now(), "SECRET " + random.nextLong()));
      }
      group
          .putLogEvents("stream-" + random.nextInt(3), events)
          .accepted()
          .forEach(event -> put.add(event.id()));
      reshard();
      cloud.world.timeline().after(Duration.ofMillis(random.nextLong(1, 1_200_000)), this::write);
    }

    private void reshard() {
      switch (random.nextInt(20)) {
        case 0 -> stream.split(stream.openShards().getFirst());
        case 1 -> {
          List<List<Shard>> pairs = stream.adjacentShards();
          if (!pairs.isEmpty()) {
            List<Shard> pair = pairs.get(random.nextInt(pairs.size()));
            stream.merge(pair.get(0), pair.get(1));
          }
        }
        default -> {}
      }
    }
  }
}
