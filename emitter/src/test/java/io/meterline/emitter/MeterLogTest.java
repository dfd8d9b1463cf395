package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MeterLogTest {
  private static final MeterLogOptions FIXED =
      MeterLogOptions.DEFAULT
          .withClock(() -> Instant.ofEpochMilli(1663094105062L))
          .withIds(() -> "u1");

  private final List<String> lines = new ArrayList<>();
  private final MeterLog meters = MeterLog.to(lines::add, FIXED);

  @Test
  void aRecordIsTheMarkerAndOneJsonObjectWithSortedDimensions() {
    meters.record("api-calls", "c1", 1, Map.of("method", "GET", "endpoint", "x", "a", ""));
    assertThat(lines)
        .containsExactly(
            "meter_record_for_stream {\"meterApiName\":\"api-calls\",\"customerId\":\"c1\","
                + "\"meterTimeInMillis\":1663094105062,\"meterValue\":1,\"uniqueId\":\"u1\","
                + "\"dimensions\":{\"a\":\"\",\"endpoint\":\"x\",\"method\":\"GET\"}}");
  }

  @Test
  void aRecordWithoutDimensionsHasNoSuchMember() {
    meters.record("m", "c", 1);
    assertThat(lines.getFirst()).endsWith(",\"meterValue\":1,\"uniqueId\":\"u1\"}");
  }

  @Test
  void severalMetersAreOneRecord() {
    meters.recordValues("c", Map.of("calls", 1, "bytes", 4096L), Map.of("method", "GET"));
    assertThat(lines)
        .containsExactly(
            "meter_record_for_stream {\"customerId\":\"c\",\"meterTimeInMillis\":1663094105062,"
                + "\"values\":{\"bytes\":4096,\"calls\":1},\"uniqueId\":\"u1\","
                + "\"dimensions\":{\"method\":\"GET\"}}");
  }

  @Test
  void theMarkerIsTheOneChosen() {
    MeterLog.to(lines::add, FIXED.withMarker("usage")).record("m", "c", 1);
    assertThat(lines.getFirst()).startsWith("usage {\"meterApiName\":");
  }

  @Test
  void stringsAreEscapedToAscii() {
    meters.record("m", "\"\\/\b\f\n\r\t\u0001\u007fé\u2028😀", 1);
    assertThat(lines.getFirst())
        .contains(
            "\"customerId\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u00e9\\u2028\\ud83d\\ude00\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 10, -1, -99, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
  void aLongIsItsDigits(long value) {
    meters.record("m", "c", value);
    assertThat(writtenValue()).isEqualTo(Long.toString(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 0.1, 1e21, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 3.0})
  void aDoubleReadsBackAsTheSameDouble(double value) {
    meters.record("m", "c", value);
    assertThat(Double.doubleToLongBits(Double.parseDouble(writtenValue())))
        .isEqualTo(Double.doubleToLongBits(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.10", "0.00", "-7", "1E+3", "1E-400", "0E+999", "1.7976931348623157E+308"})
  void aBigDecimalKeepsItsDigitsAndScale(String value) {
    meters.record("m", "c", new BigDecimal(value));
    assertThat(new BigDecimal(writtenValue())).isEqualTo(new BigDecimal(value));
  }

  @Test
  void eachKindOfNumberIsWrittenInValues() {
    meters.recordValues(
        "c",
        Map.of("a", 1.5f, "b", new BigInteger("123456789012345678901"), "c", (short) 3, "d", 2.50));
    assertThat(lines.getFirst())
        .contains("\"values\":{\"a\":1.5,\"b\":123456789012345678901,\"c\":3,\"d\":2.5}");
  }

  @Test
  void timeAndIdAreFilledIn() {
    long before = System.currentTimeMillis();
    MeterLog.to(lines::add).record("m", "c", 1);
    MeterLog.to(lines::add).record("m", "c", 1);
    Json first = Json.of(new Agent().records(lines.getFirst()).getFirst());
    Json second = Json.of(new Agent().records(lines.getLast()).getFirst());
    assertThat(first.time()).isBetween(before, System.currentTimeMillis());
    assertThat(first.text("uniqueId")).isLessThan(second.text("uniqueId"));
  }

  private String writtenValue() {
    String line = lines.getFirst();
    int from = line.indexOf("\"meterValue\":") + "\"meterValue\":".length();
    return line.substring(from, line.indexOf(',', from));
  }
}
