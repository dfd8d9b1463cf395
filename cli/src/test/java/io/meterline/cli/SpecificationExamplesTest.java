package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the extraction rules, in every form that log events come in. */
final class SpecificationExamplesTest {
  private static final List<String> MESSAGES =
      List.of(
          "2022-09-13T19:21:45.062Z\t6f1\tINFO\tmeter_record_for_stream {\"meterApiName\":\"api-calls\",\"customerId\":\"c1\",\"meterTimeInMillis\":1663094105062,\"meterValue\":1,\"uniqueId\":\"u1\"}",
          "2022-09-13T18:35:05.062Z meter_record_for_stream: {\"meterApiName\":\"gb\", \"customerId\":\"c1\", \"meterValue\":1.10}",
          "{\"level\":\"INFO\",\"message\":\"meter_record_for_stream {\\\"meterApiName\\\":\\\"m\\\",\\\"customerId\\\":\\\"c\\\",\\\"meterValue\\\":2,\\\"meterTimeInMillis\\\":5,\\\"uniqueId\\\":\\\"x\\\"}\"}",
          "meter_record_for_stream [{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"meterTimeInMillis\":5,\"uniqueId\":\"a\"},7]",
          "meter_record_for_stream {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5}",
          "meter_record_for_stream {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":\"1\",\"meterTimeInMillis\":5}",
          "meter_record_for_stream_v2 {\"meterApiName\":\"m\"}",
          "all good");
  private static final byte[] PAYLOAD = Material.payload(MESSAGES, 0);
  private static final byte[] LINES = (String.join("\n", MESSAGES) + "\n").getBytes(UTF_8);

  private final Path home;

  SpecificationExamplesTest(@TempDir Path home) {
    this.home = home;
  }

  static Stream<Arguments> forms() {
    byte[] kinesis = Material.kinesisEvent(List.of(Material.gzip(PAYLOAD)));
    return Stream.of(
        Arguments.of("Kinesis event", kinesis, "kinesis", "payloads=1"),
        Arguments.of(
            "direct event", Material.directEvent(Material.gzip(PAYLOAD)), "logs", "payloads=1"),
        Arguments.of("payload", PAYLOAD, "logs", "payloads=1"),
        Arguments.of("gzip payload", Material.gzip(PAYLOAD), "logs", "payloads=1"),
        Arguments.of("lines", LINES, "lines", "payloads=0"),
        Arguments.of("gzip lines", Material.gzip(LINES), "lines", "payloads=0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void theyHold(String name, byte[] input, String form, String payloads) throws Exception {
    Files.write(home.resolve("input"), input);
    Program.Ended ended = new Program(home).run("extract", "--quarantine", "bad", "input");
    assertThat(ended.code()).as(name).isZero();
    assertThat(ended.err())
        .containsExactly(
            "quarantined=3 (not-an-object=1, missing-field=1, wrong-type=1) in bad",
            payloads + " events=8 control=0 records=4 quarantined=3");
    assertThat(ended.out()).hasSize(4);
    assertThat(ended.out().get(0))
        .isEqualTo(
            "{\"meterApiName\":\"api-calls\",\"customerId\":\"c1\",\"meterTimeInMillis\":1663094105062,\"meterValue\":1,\"uniqueId\":\"u1\"}");
    assertThat(ended.out().get(1))
        .matches(
            "\\{\"meterApiName\":\"gb\",\"customerId\":\"c1\",\"meterValue\":1.10,\"meterTimeInMillis\":166309410506\\d,\"uniqueId\":\"[0-9a-f]{32}\"}");
    assertThat(ended.out().get(2))
        .isEqualTo(
            "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":2,\"meterTimeInMillis\":5,\"uniqueId\":\"x\"}");
    assertThat(ended.out().get(3)).contains("\"uniqueId\":\"a\"");
    List<String> bad = Files.readAllLines(home.resolve("bad"));
    assertThat(bad).hasSize(3);
    assertThat(bad.get(0)).startsWith("{\"reason\":\"not-an-object\"");
    assertThat(bad.get(1)).startsWith("{\"reason\":\"missing-field\",\"detail\":\"meterValue");
    assertThat(bad.get(2)).startsWith("{\"reason\":\"wrong-type\",\"detail\":\"meterValue");
    Program.Ended forced =
        new Program(home).run(input, "extract", "--input", form, "--strict", "-");
    assertThat(forced.code()).isEqualTo(3);
    assertThat(forced.counts()).isEqualTo(ended.counts());
    if (!form.equals("lines")) {
      // Lines on standard input have ids of this run alone.
      assertThat(forced.out()).isEqualTo(ended.out());
    }
  }

  @Test
  void whicheverWayAnEventComesItsRecordHasTheSameId() throws Exception {
    Files.write(home.resolve("payload.json"), PAYLOAD);
    Files.write(home.resolve("direct.json"), Material.directEvent(PAYLOAD));
    Files.write(home.resolve("kinesis.json"), Material.kinesisEvent(List.of(PAYLOAD)));
    Program.Ended ended =
        new Program(home).run("extract", "payload.json", "direct.json", "kinesis.json");
    assertThat(ended.out()).hasSize(12);
    assertThat(ended.out().subList(4, 8)).isEqualTo(ended.out().subList(0, 4));
    assertThat(ended.out().subList(8, 12)).isEqualTo(ended.out().subList(0, 4));
  }
}
