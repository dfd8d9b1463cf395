package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DataStreamTest {
  private final Cloud cloud = Cloud.quiet();

  @Test
  void aSequenceNumberIsDecimalOf56DigitsAndIncreasesInItsShard() {
    DataStream stream = cloud.stream();
    for (int i = 0; i < 50; i++) {
      Cloud.put(stream, "a", "b");
      cloud.advance(Duration.ofMinutes(i));
    }
    List<String> numbers =
        Cloud.records(stream).stream().map(record -> record.sequence().toString()).toList();
    assertThat(numbers).allMatch(number -> number.matches("49[0-9]{54}"));
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shardsAreNamedByTheirIndexInTwelveDigits() {
    assertThat(cloud.stream(StreamSettings.defaults().withShards(12)).shards())
        .extracting(Shard::id)
        .startsWith("shardId-000000000000", "shardId-000000000001")
        .endsWith("shardId-000000000011");
  }

  @Test
  void theRangesOfTheShardsCoverEachHashKeyOnce() {
    DataStream stream = cloud.stream(StreamSettings.defaults().withShards(3));
    stream.split(stream.shards().get(1));
    stream.merge(stream.shards().get(0), stream.shards().get(3));
    assertThat(stream.openShards().stream().map(shard -> shard.range().start()).sorted().toList())
        .hasSize(3)
        .first()
        .isEqualTo(BigInteger.ZERO);
    BigInteger keys =
        stream.openShards().stream()
            .map(shard -> shard.range().end().subtract(shard.range().start()).add(BigInteger.ONE))
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(keys).isEqualTo(BigInteger.TWO.pow(128));
  }

  @Test
  void theMd5OfThePartitionKeyChoosesTheShard() {
    DataStream stream = cloud.stream(StreamSettings.defaults().withShards(2));
    // MD5 of "a" is 0cc1…, of "b" 92eb….
    assertThat(stream.putRecord("a", Cloud.bytes("x")).shardId()).isEqualTo("shardId-000000000000");
    assertThat(stream.putRecord("b", Cloud.bytes("x")).shardId()).isEqualTo("shardId-000000000001");
  }

  @Test
  void aSplitShardTakesNothingMoreAndItsChildrenDo() {
    DataStream stream = cloud.stream();
    Shard parent = stream.shards().getFirst();
    stream.split(parent);
    assertThat(stream.openShards())
        .hasSize(2)
        .allMatch(shard -> shard.parents().equals(List.of(parent)));
    assertThat(stream.putRecord("a", Cloud.bytes("x")).shardId()).isEqualTo("shardId-000000000001");
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> stream.split(parent))
        .withMessageContaining("no open shard shardId-000000000000");
  }

  @Test
  void onlyAdjacentShardsAreMerged() {
    DataStream stream = cloud.stream(StreamSettings.defaults().withShards(3));
    List<Shard> shards = stream.shards();
    assertThat(stream.adjacentShards())
        .containsExactly(
            List.of(shards.get(0), shards.get(1)), List.of(shards.get(1), shards.get(2)));
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> stream.merge(shards.get(0), shards.get(2)))
        .withMessageContaining("not adjacent");
    stream.merge(shards.get(0), shards.get(1));
    assertThat(stream.shards().getLast().parents()).containsExactly(shards.get(0), shards.get(1));
  }

  @Test
  void aRecordExpiresWithTheRetention() {
    DataStream stream = cloud.stream(StreamSettings.defaults().withRetention(Duration.ofHours(24)));
    Cloud.put(stream, "a");
    cloud.advance(Duration.ofHours(24).minusMillis(1));
    stream.expire();
    assertThat(Cloud.records(stream)).hasSize(1);
    cloud.advance(Duration.ofMillis(1));
    stream.expire();
    assertThat(Cloud.records(stream)).isEmpty();
  }

  @Test
  void aRecordHolds1MebibyteWithItsKeyUnlessSetOtherwise() {
    DataStream stream = cloud.stream();
    stream.putRecord("k", new byte[1024 * 1024 - 1]);
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> stream.putRecord("kk", new byte[1024 * 1024 - 1]))
        .withMessageStartingWith("ValidationException: a record of 1048577 bytes");
  }

  @Test
  void aShardTakes1000RecordsOr1MebibyteASecondWhereLimitsAreOn() {
    DataStream stream = cloud.stream(StreamSettings.defaults().withWriteLimits());
    IntStream.range(0, 1000).forEach(i -> Cloud.put(stream, "a"));
    throttles(stream, 1);
    cloud.advance(Duration.ofSeconds(1));
    stream.putRecord("k", new byte[1024 * 1024 - 1]);
    throttles(stream, 1);
    cloud.advance(Duration.ofSeconds(1));
    Cloud.put(stream, "a");
  }

  private static void throttles(DataStream stream, int bytes) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> stream.putRecord("k", new byte[bytes]))
        .matches(ServiceException::retryable)
        .withMessageStartingWith("ProvisionedThroughputExceededException");
  }
}
