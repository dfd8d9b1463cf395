package io.meterline.core.find;

import static io.meterline.core.find.Fact.gives;
import static io.meterline.core.find.Fact.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.record.DerivedIds;
import io.meterline.samples.Payload;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples of docs/contract.md. */
final class ExamplesTest {
  static Stream<Fact> examples() {
    String whole =
        "{\"meterApiName\":\"api-calls\",\"customerId\":\"c1\",\"meterTimeInMillis\":1663094105062,\"meterValue\":1,\"uniqueId\":\"u1\"}";
    return Stream.of(
        gives(
            "example",
            "1: a whole record",
            "2022-09-13T19:21:45.062Z\t6f1\tINFO\tmeter_record_for_stream " + whole,
            whole),
        gives(
            "example",
            "2: completion",
            "meter_record_for_stream: {\"meterApiName\":\"gb\", \"customerId\":\"c1\", \"meterValue\":1.10}",
            "{\"meterApiName\":\"gb\",\"customerId\":\"c1\",\"meterValue\":1.10,\"meterTimeInMillis\":%d,\"uniqueId\":\"%s\"}"
                .formatted(Harvest.TIME, DerivedIds.at(0))),
        gives(
            "example",
            "3: a record in a string",
            "{\"level\":\"INFO\",\"message\":\"meter_record_for_stream {\\\"meterApiName\\\":\\\"m\\\",\\\"customerId\\\":\\\"c\\\",\\\"meterValue\\\":2,\\\"meterTimeInMillis\\\":5,\\\"uniqueId\\\":\\\"x\\\"}\"}",
            "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":2,\"meterTimeInMillis\":5,\"uniqueId\":\"x\"}"),
        gives(
                "example",
                "4: an array",
                "meter_record_for_stream [{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"meterTimeInMillis\":5,\"uniqueId\":\"a\"},7]",
                "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"meterTimeInMillis\":5,\"uniqueId\":\"a\"}")
            .andRefuses("not-an-object"),
        refuses(
            "example",
            "5: a missing value",
            "meter_record_for_stream {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5}",
            "missing-field: meterValue"),
        refuses(
            "example",
            "6: a value of the wrong type",
            "meter_record_for_stream {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":\"1\",\"meterTimeInMillis\":5}",
            "wrong-type: meterValue"),
        gives("example", "7: another word", "meter_record_for_stream_v2 {\"meterApiName\":\"m\"}"),
        gives("example", "8: no marker", "all good"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void theExampleHoldsInAMessageAndInAPayload(Fact example) {
    check(example, Harvest.ofMessage(example.message()));
    check(example, Harvest.ofPayload(Payload.of(example.message()).bytes()));
    check(example, Harvest.ofPayload(Payload.of(example.message()).gzip()));
  }

  private static void check(Fact example, Harvest harvest) {
    assertThat(harvest.records()).isEqualTo(example.records());
    assertThat(harvest.refused()).hasSameSizeAs(example.reasons());
    for (int i = 0; i < example.reasons().size(); i++) {
      String entry =
          harvest.refused().get(i).reason().word() + ": " + harvest.refused().get(i).detail();
      String[] expected = example.reasons().get(i).split(": ", 2);
      assertThat(entry).startsWith(expected[0] + ": ").contains(expected[expected.length - 1]);
    }
  }
}
