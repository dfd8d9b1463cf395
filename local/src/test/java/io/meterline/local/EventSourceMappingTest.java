package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EventSourceMappingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final EventSourceMappingSettings DEFAULTS = EventSourceMappingSettings.defaults();

  private final Cloud cloud = Cloud.quiet();
  private final DataStream stream = cloud.stream();

  @Test
  void theEventIsOfTheDocumentedShape() {
    cloud.map(stream, DEFAULTS);
    stream.putRecord("a \"key\"", Cloud.bytes("Hello"));
    cloud.advance(MINUTE);
    String sequence = Cloud.records(stream).getFirst().sequence().toString();
    assertThat(Cloud.text(cloud.events.getFirst()))
        .isEqualTo(
            """
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"a \\"key\\"",\
            "sequenceNumber":"%s","data":"SGVsbG8=",\
            "approximateArrivalTimestamp":1795391400.000},"eventSource":"aws:kinesis",\
            "eventVersion":"1.0","eventID":"shardId-000000000000:%s",\
            "eventName":"aws:kinesis:record",\
            "invokeIdentityArn":"arn:aws:iam::123456789012:role/agent","awsRegion":"us-west-2",\
            "eventSourceARN":"arn:aws:kinesis:us-west-2:123456789012:stream/meters"}]}"""
                .formatted(sequence, sequence));
  }

  @Test
  void aBatchHoldsNoMoreThanItsSizeAndNothingIsReadTwice() {
    cloud.map(stream, DEFAULTS.withBatch(3, Duration.ZERO));
    Cloud.put(stream, "a", "b", "c", "d", "e", "f", "g");
    cloud.advance(MINUTE);
    assertThat(cloud.batches())
        .containsExactly(List.of("a", "b", "c"), List.of("d", "e", "f"), List.of("g"));
  }

  @Test
  void theSizeOfABatchIs1To10000() {
    assertThat(DEFAULTS.withBatch(10_000, Duration.ZERO).batchSize()).isEqualTo(10_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withBatch(10_001, Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withBatch(0, Duration.ZERO));
  }

  @Test
  void aBatchHoldsNoMoreThan6MebibytesOfEvent() {
    cloud.map(stream, DEFAULTS.withBatch(10_000, Duration.ZERO));
    for (int i = 0; i < 12; i++) {
      stream.putRecord("k", new byte[1_000_000]);
    }
    cloud.advance(MINUTE);
    assertThat(cloud.batches()).extracting(List::size).containsExactly(4, 4, 4);
    assertThat(cloud.events)
        .allMatch(event -> event.length > 5_000_000 && event.length <= 6 * 1024 * 1024);
  }

  @Test
  void aRecordTooLargeForAnEventGoesStraightToTheDestination() {
    DataStream large =
        cloud.stream(new StreamSettings(1, Duration.ofDays(1), 10 * 1024 * 1024, false));
    cloud.map(large, DEFAULTS);
    Cloud.put(large, "a");
    large.putRecord("k", new byte[6_000_000]);
    Cloud.put(large, "b");
    cloud.advance(MINUTE);
    assertThat(cloud.batches()).containsExactly(List.of("a"), List.of("b"));
    assertThat(cloud.failed).hasSize(1);
    assertThat(Cloud.data(cloud.failed.getFirst().payload()).getFirst()).hasSize(6_000_000);
  }

  @Test
  void aWindowWaitsForMoreButNotForAFullBatch() {
    cloud.map(stream, DEFAULTS.withBatch(4, Duration.ofSeconds(60)));
    Cloud.put(stream, "a");
    cloud.advance(Duration.ofSeconds(30));
    Cloud.put(stream, "b");
    cloud.advance(Duration.ofSeconds(29));
    assertThat(cloud.events).isEmpty();
    cloud.advance(Duration.ofSeconds(3));
    assertThat(cloud.batches()).containsExactly(List.of("a", "b"));
    Cloud.put(stream, "c", "d", "e", "f");
    cloud.advance(Duration.ofSeconds(3));
    assertThat(cloud.batches()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.withBatch(4, Duration.ofSeconds(301)));
  }

  @Test
  void theReportedRecordAndAllAfterItComeAgain() {
    cloud.function =
        invocation -> cloud.events.size() == 1 ? failing(invocation.event(), 2) : new byte[0];
    cloud.map(stream, DEFAULTS);
    Cloud.put(stream, "a", "b", "c", "d");
    cloud.advance(MINUTE);
    assertThat(cloud.batches()).containsExactly(List.of("a", "b", "c", "d"), List.of("c", "d"));
  }

  @Test
  void withoutReportBatchItemFailuresTheAnswerIsNotLookedAt() {
    cloud.function = invocation -> failing(invocation.event(), 0);
    cloud.map(stream, DEFAULTS.withoutReport());
    Cloud.put(stream, "a");
    cloud.advance(MINUTE);
    assertThat(cloud.events).hasSize(1);
  }

  @Test
  void aFunctionErrorBringsTheBatchAgainAndTheShardWaits() {
    cloud.function = failingTimes(3);
    cloud.map(stream, DEFAULTS.withBatch(2, Duration.ZERO));
    Cloud.put(stream, "a", "b", "c");
    cloud.advance(MINUTE);
    assertThat(cloud.batches())
        .containsExactly(
            List.of("a", "b"),
            List.of("a", "b"),
            List.of("a", "b"),
            List.of("a", "b"),
            List.of("c"));
  }

  @Test
  void recordsThatArrivedMeanwhileMayJoinABatchThatComesAgain() {
    List<Integer> sizes = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      Cloud one = new Cloud(seed, Map.of());
      DataStream its = one.stream();
      one.function = failingTimes(1, one);
      one.map(its, DEFAULTS);
      Cloud.put(its, "a");
      one.advance(Duration.ofSeconds(1));
      Cloud.put(its, "b");
      one.advance(MINUTE);
      assertThat(one.batches().getFirst()).startsWith("a");
      sizes.add(one.batches().get(1).size());
    }
    assertThat(sizes).contains(1, 2);
  }

  @Test
  void bisectingIsolatesTheBadRecordAndTakesNothingFromTheRetryQuota() {
    cloud.function =
        invocation -> {
          if (Cloud.data(invocation.event()).stream().map(Cloud::text).anyMatch("bad"::equals)) {
            throw Cloud.error();
          }
          return new byte[0];
        };
    cloud.map(stream, DEFAULTS.withBisectBatchOnFunctionError().withMaximumRetryAttempts(1));
    Cloud.put(stream, "a", "b", "c", "d", "bad", "e", "f", "g");
    cloud.advance(Duration.ofMinutes(10));
    assertThat(cloud.batches())
        .containsExactly(
            List.of("a", "b", "c", "d", "bad", "e", "f", "g"),
            List.of("a", "b", "c", "d"),
            List.of("bad", "e", "f", "g"),
            List.of("bad", "e"),
            List.of("bad"),
            List.of("bad"),
            List.of("e"),
            List.of("f", "g"));
    assertThat(cloud.failed).hasSize(1);
    assertThat(Cloud.data(cloud.failed.getFirst().payload()))
        .singleElement()
        .isEqualTo(Cloud.bytes("bad"));
  }

  @Test
  void afterMaximumRetryAttemptsTheWholePayloadGoesToTheDestinationAndReadingGoesOn() {
    cloud.function = failingTimes(3);
    cloud.map(stream, DEFAULTS.withBatch(2, Duration.ZERO).withMaximumRetryAttempts(2));
    Cloud.put(stream, "a", "b", "c");
    cloud.advance(MINUTE);
    assertThat(cloud.batches())
        .containsExactly(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"), List.of("c"));
    JsonNode document = Cloud.json(cloud.failed.getFirst().document());
    assertThat(document.at("/requestContext/condition").asString())
        .isEqualTo("RetryAttemptsExhausted");
    assertThat(document.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(document.at("/KinesisBatchInfo/batchSize").asInt()).isEqualTo(2);
    assertThat(document.at("/KinesisBatchInfo/shardId").asString())
        .isEqualTo("shardId-000000000000");
    assertThat(document.get("payload").asString()).isEqualTo(Cloud.text(cloud.events.getFirst()));
    assertThat(cloud.failed.getFirst().key())
        .matches(
            "aws/lambda/[0-9a-f-]{36}/shardId-000000000000/2026/11/22/"
                + "2026-11-22T23\\.50\\.\\d\\d-[0-9a-f-]{36}");
  }

  @Test
  void retriesHaveNoEndByDefaultUntilTheRecordExpires() {
    cloud.function =
        invocation -> {
          throw Cloud.error();
        };
    EventSourceMapping mapping = cloud.map(stream, DEFAULTS);
    Cloud.put(stream, "a");
    cloud.advance(Duration.ofHours(24).minusMinutes(6));
    assertThat(cloud.failed).isEmpty();
    assertThat(mapping.caughtUp()).isFalse();
    cloud.advance(Duration.ofMinutes(12));
    assertThat(cloud.failed).hasSize(1);
    assertThat(mapping.caughtUp()).isTrue();
    assertThat(mapping.lost()).isEmpty();
  }

  @Test
  void recordsBehindABlockedBatchAreLostWhenTheyExpireUnread() {
    cloud.function =
        invocation -> {
          throw Cloud.error();
        };
    EventSourceMapping mapping = cloud.map(stream, DEFAULTS.withBatch(1, Duration.ZERO));
    Cloud.put(stream, "a", "b");
    cloud.advance(Duration.ofHours(25));
    assertThat(cloud.failed).hasSize(1);
    assertThat(mapping.lost()).extracting(record -> Cloud.text(record.data())).containsExactly("b");
  }

  @Test
  void aRecordOlderThanMaximumRecordAgeGoesToTheDestinationReadOrNot() {
    cloud.function =
        invocation -> {
          throw Cloud.error();
        };
    EventSourceMapping mapping =
        cloud.map(
            stream, DEFAULTS.withBatch(1, Duration.ZERO).withMaximumRecordAge(Duration.ofHours(1)));
    Cloud.put(stream, "a", "b");
    cloud.advance(Duration.ofMinutes(59));
    assertThat(cloud.failed).isEmpty();
    cloud.advance(Duration.ofMinutes(10));
    assertThat(cloud.failed)
        .flatExtracting(failed -> Cloud.data(failed.payload()))
        .containsExactly(Cloud.bytes("a"), Cloud.bytes("b"));
    assertThat(cloud.batches()).doesNotContain(List.of("b"));
    assertThat(mapping.caughtUp()).isTrue();
  }

  @Test
  void aThrottledInvocationIsRetriedWithoutTakingFromTheQuota() {
    Cloud busy = new Cloud(Map.of(Fault.INVOKE_THROTTLED, 0.9));
    DataStream its = busy.stream();
    busy.map(its, DEFAULTS.withMaximumRetryAttempts(0));
    Cloud.put(its, "a");
    busy.advance(Duration.ofHours(20));
    assertThat(busy.batches()).containsExactly(List.of("a"));
    assertThat(busy.failed).isEmpty();
  }

  @Test
  void aParentIsReadToItsEndBeforeItsChildren() {
    cloud.function = failingTimes(2);
    cloud.map(stream, DEFAULTS.withBatch(2, Duration.ZERO));
    Cloud.put(stream, "a1", "a2", "a3");
    stream.split(stream.shards().getFirst());
    Cloud.put(stream, "b1", "b2");
    stream.merge(stream.shards().get(1), stream.shards().get(2));
    Cloud.put(stream, "c1");
    cloud.advance(MINUTE);
    assertThat(cloud.batches().stream().flatMap(List::stream).distinct())
        .containsExactly("a1", "a2", "a3", "b1", "b2", "c1");
  }

  @Test
  void shardsDoNotWaitForEachOther() {
    DataStream two = cloud.stream(StreamSettings.defaults().withShards(2));
    cloud.function =
        invocation -> {
          if (Cloud.text(Cloud.data(invocation.event()).getFirst()).equals("bad")) {
            throw Cloud.error();
          }
          return new byte[0];
        };
    EventSourceMapping mapping = cloud.map(two, DEFAULTS);
    two.putRecord("a", Cloud.bytes("bad"));
    two.putRecord("b", Cloud.bytes("good"));
    cloud.advance(MINUTE);
    assertThat(cloud.batches()).contains(List.of("good"));
    assertThat(mapping.caughtUp()).isFalse();
  }

  @Test
  void latestLeavesOutWhatWasThereAndTrimHorizonTakesIt() {
    Cloud.put(stream, "old");
    cloud.map(
        stream, DEFAULTS.withStartingPosition(EventSourceMappingSettings.StartingPosition.LATEST));
    Cloud.put(stream, "new");
    cloud.advance(MINUTE);
    assertThat(cloud.batches()).containsExactly(List.of("new"));
    cloud.map(stream, DEFAULTS);
    cloud.advance(MINUTE);
    assertThat(cloud.batches().getLast()).containsExactly("old", "new");
  }

  @Test
  void aLostCheckpointBringsRecordsAgainInOtherBatches() {
    Cloud forgetful = new Cloud(Map.of(Fault.CHECKPOINT_LOST, 0.5, Fault.ANSWER_LOST, 0.2));
    DataStream its = forgetful.stream();
    forgetful.map(its, DEFAULTS.withBatch(5, Duration.ZERO));
    String[] all = IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);
    Cloud.put(its, all);
    forgetful.advance(Duration.ofHours(1));
    List<String> seen = forgetful.batches().stream().flatMap(List::stream).toList();
    assertThat(seen).hasSizeGreaterThan(50).contains(all);
    assertThat(seen.stream().distinct()).containsExactly(all);
    assertThat(forgetful.batches()).extracting(List::size).contains(5, 2);
  }

  private LambdaFunction failingTimes(int times) {
    return failingTimes(times, cloud);
  }

  private static LambdaFunction failingTimes(int times, Cloud cloud) {
    return invocation -> {
      if (cloud.events.size() <= times) {
        throw Cloud.error();
      }
      return new byte[0];
    };
  }

  private static byte[] failing(byte[] event, int index) {
    return Cloud.bytes(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
            .formatted(Cloud.sequences(event).get(index)));
  }
}
