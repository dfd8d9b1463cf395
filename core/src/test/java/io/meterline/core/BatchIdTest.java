package io.meterline.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BatchIdTest {
  private static final BatchId ID =
      new BatchId(
          "arn:aws:kinesis:us-east-1:123456789012:stream/meters",
          "shardId-000000000000",
          "49640",
          "49641",
          1_782_896_400_000L);

  /** Names must stay the same from release to release: a retry after an upgrade is stored once. */
  @Test
  void aBatchKeepsItsName() {
    assertThat(ID.name("0")).isEqualTo("7aa0f368998bc837dfa6b8fbe9acbbf0c274717b");
  }

  @Test
  void aNameIs40LowerCaseHexDigits() {
    assertThat(IntStream.range(0, 100).mapToObj(i -> ID.name("" + i)))
        .allMatch(name -> name.matches("[0-9a-f]{40}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatTheBatchIsMakesItsNameAndNothingElseDoes() {
    BatchId id = new BatchId("s", "h", "1", "2", 0);
    List<String> others =
        Stream.of(
                new BatchId("x", "h", "1", "2", 0),
                new BatchId("s", "x", "1", "2", 0),
                new BatchId("s", "h", "x", "2", 0),
                new BatchId("s", "h", "1", "x", 0),
                new BatchId("sh", "", "1", "2", 0),
                new BatchId("s", "h1", "", "2", 0))
            .map(other -> other.name("0"))
            .toList();
    assertThat(others).doesNotHaveDuplicates().doesNotContain(id.name("0"));
    assertThat(new BatchId("s", "h", "1", "2", 77).name("0")).isEqualTo(id.name("0"));
  }

  @Test
  void theDateIsTheDayInUtc() {
    assertThat(ID.date()).isEqualTo("2026-07-01");
    assertThat(new BatchId("", "", "", "", 1_782_863_999_999L).date()).isEqualTo("2026-06-30");
    assertThat(new BatchId("", "", "", "", 1_782_864_000_000L).date()).isEqualTo("2026-07-01");
    assertThat(new BatchId("", "", "", "", 0).date()).isEqualTo("1970-01-01");
    assertThat(new BatchId("", "", "", "", 253_402_300_799_999L).date()).isEqualTo("9999-12-31");
  }
}
