package io.meterline.core.event;

import static io.meterline.samples.Bytes.joined;
import static io.meterline.samples.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.event.AggregatedRecord.Slice;
import io.meterline.samples.Aggregates;
import io.meterline.samples.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AggregatedRecordTest {
  private static Optional<List<String>> texts(byte[] data, int from, int to) {
    return AggregatedRecord.userRecords(data, from, to)
        .map(slices -> slices.stream().map(slice -> text(data, slice)).toList());
  }

  private static String text(byte[] data, Slice slice) {
    return Bytes.text(Arrays.copyOfRange(data, slice.from(), slice.to()));
  }

  @Property(tries = 300)
  void userRecordsComeOutInOrder(
      @ForAll @Size(min = 1, max = 20) List<@StringLength(max = 400) String> any) {
    List<String> records = any.stream().map(text -> Bytes.text(utf8(text))).toList();
    byte[] aggregate = Aggregates.of(records.stream().map(Bytes::utf8).toArray(byte[][]::new));
    byte[] data = joined(new byte[3], aggregate, new byte[5]);
    int to = data.length - 5;
    assertThat(AggregatedRecord.isAggregated(data, 3, to)).isTrue();
    assertThat(texts(data, 3, to)).contains(records);
    assertThat(AggregatedRecord.isAggregated(data, 2, to)).isFalse();
    assertThat(AggregatedRecord.isAggregated(data, 3, to - 1)).isFalse();
    data[to - 1] ^= 1;
    assertThat(AggregatedRecord.isAggregated(data, 3, to)).isFalse();
  }

  @Test
  void magicBytesAloneAreNoAggregate() {
    byte[] magic = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    assertThat(AggregatedRecord.isAggregated(magic, 0, 4)).isFalse();
    assertThat(AggregatedRecord.isAggregated(joined(magic, new byte[16]), 0, 20)).isFalse();
    assertThat(AggregatedRecord.isAggregated(Aggregates.ofMessage(new byte[0]), 0, 20)).isTrue();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "1a 03 1a 01 61, one record",
    "0a 01 6b 12 00 1a 03 1a 01 61, partition keys and hash keys before it",
    "1a 07 08 00 10 7f 1a 01 61, key indexes in the record",
    "1a 0b 22 04 0a 02 6b 76 1a 01 61 08 00, tags in the record",
    "20 80 80 01 1a 03 1a 01 61, a number that nobody knows",
    "29 01 02 03 04 05 06 07 08 2d 01 02 03 04 1a 03 1a 01 61, fixed numbers that nobody knows",
    "1a 83 00 1a 01 61, a length of two bytes"
  })
  void theDataOfARecordIsFoundWhateverStandsBesideIt(String hex, String says) {
    byte[] data = Aggregates.ofMessage(parse(hex));
    assertThat(texts(data, 0, data.length)).as(says).contains(List.of("a"));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "1a 04 1a 01 61, a record longer than the message",
    "1a 03 1a 02 61, data longer than its record",
    "1a 02 08 00, a record without data",
    "1a, a key alone",
    "1a 80, a length cut off",
    "1a ff ff ff ff ff ff ff ff ff 01, a negative length",
    "1a ff ff ff ff ff ff ff ff ff ff ff, a length of too many bytes",
    "1a 80 80 80 80 08, a length of 2 GiB",
    "1b, a group",
    "1f, a type that there is not",
    "29 01 02 03, a fixed number cut off",
    "1a 03 1a 01 61 0a, a fault behind a record",
    "0a 01 6b, no record"
  })
  void aBrokenMessageHasNoRecords(String hex, String says) {
    byte[] data = Aggregates.ofMessage(parse(hex));
    assertThat(texts(data, 0, data.length)).as(says).isEmpty();
  }

  private static byte[] parse(String hex) {
    return java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
  }
}
