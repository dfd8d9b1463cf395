package io.meterline.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Harvest;
import io.meterline.core.find.Markers;
import io.meterline.samples.Bytes;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 4 of docs/contract.md: what is delivered. */
final class OutputTest {
  private static final String NEEDED =
      "\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1";
  private static final String TIME = ",\"meterTimeInMillis\":" + Harvest.TIME;
  private static final String ID = ",\"uniqueId\":\"" + DerivedIds.at(0) + "\"";

  static Stream<Arguments> outputs() {
    return Stream.of(
        row(
            "§4.1 white space goes",
            " { \"customerId\"\n:\t\"c\" , \"meterApiName\" : \"m\",\r\"meterValue\":1 } ",
            "{\"customerId\":\"c\",\"meterApiName\":\"m\",\"meterValue\":1" + TIME + ID + "}"),
        row(
            "§4.1 white space in strings stays",
            "{" + NEEDED + ", \"a b\" : \" x  \\\" \\\\\" }",
            "{" + NEEDED + ",\"a b\":\" x  \\\" \\\\\"" + TIME + ID + "}"),
        row(
            "§4.1 white space in arrays and objects goes",
            "{" + NEEDED + ",\"a\":[ 1 , { } , [ ] , { \"b\" : null } ]}",
            "{" + NEEDED + ",\"a\":[1,{},[],{\"b\":null}]" + TIME + ID + "}"),
        row(
            "§4.1 numbers stay as they are",
            "{\"customerId\":\"c\",\"values\":{\"a\":1.10,\"b\":1E3,\"c\":-0.0e-0,\"d\":123456789012345678901234567890.5}}",
            "{\"customerId\":\"c\",\"values\":{\"a\":1.10,\"b\":1E3,\"c\":-0.0e-0,\"d\":123456789012345678901234567890.5}"
                + TIME
                + ID
                + "}"),
        row(
            "§4.1 escapes stay as they are",
            "{" + NEEDED + ",\"\\u00e9\":\"\\u00e9é\\/\\ud83d\\ude00😀\"}",
            "{" + NEEDED + ",\"\\u00e9\":\"\\u00e9é\\/\\ud83d\\ude00😀\"" + TIME + ID + "}"),
        row("§4.2 time and id are appended", "{" + NEEDED + "}", "{" + NEEDED + TIME + ID + "}"),
        row(
            "§4.2 only the time",
            "{\"uniqueId\":\"u\"," + NEEDED + "}",
            "{\"uniqueId\":\"u\"," + NEEDED + TIME + "}"),
        row(
            "§4.2 only the id",
            "{\"meterTimeInMillis\":5," + NEEDED + "}",
            "{\"meterTimeInMillis\":5," + NEEDED + ID + "}"),
        row(
            "§4.2 neither",
            "{\"meterTimeInMillis\":5,\"uniqueId\":\"u\"," + NEEDED + "}",
            "{\"meterTimeInMillis\":5,\"uniqueId\":\"u\"," + NEEDED + "}"),
        row(
            "§4.2 a name with escapes is there",
            "{\"unique\\u0049d\":\"u\"," + NEEDED + "}",
            "{\"unique\\u0049d\":\"u\"," + NEEDED + TIME + "}"),
        row(
            "§4.2 null members of the contract are removed",
            "{\"values\":null,\"uniqueId\":null,\"meterTimeInMillis\":null,"
                + NEEDED
                + ",\"dimensions\":null}",
            "{" + NEEDED + TIME + ID + "}"),
        row(
            "§4.2 an empty id is removed",
            "{\"uniqueId\":\"\"," + NEEDED + "}",
            "{" + NEEDED + TIME + ID + "}"),
        row(
            "§4.2 a blank id stays",
            "{\"uniqueId\":\" \"," + NEEDED + "}",
            "{\"uniqueId\":\" \"," + NEEDED + TIME + "}"),
        row(
            "§4.2 other null and empty members stay",
            "{\"a\":null,\"b\":\"\"," + NEEDED + "}",
            "{\"a\":null,\"b\":\"\"," + NEEDED + TIME + ID + "}"),
        row(
            "§4.4 a number becomes its text",
            dimensions("\"a\":200,\"b\":-1.50E+2"),
            out("\"a\":\"200\",\"b\":\"-1.50E+2\"")),
        row(
            "§4.4 true and false become their text",
            dimensions("\"a\":true,\"b\":false"),
            out("\"a\":\"true\",\"b\":\"false\"")),
        row("§4.4 null is dropped first", dimensions("\"a\":null,\"b\":\"x\""), out("\"b\":\"x\"")),
        row("§4.4 null is dropped last", dimensions("\"b\":\"x\",\"a\":null"), out("\"b\":\"x\"")),
        row("§4.4 only null", dimensions("\"a\":null"), out("")),
        row("§4.4 none", dimensions(" "), out("")),
        row(
            "§4.4 strings stay",
            dimensions(" \"a\" : \"\\u0041 null\" , \"b\":\"\""),
            out("\"a\":\"\\u0041 null\",\"b\":\"\"")),
        row(
            "§4.4 a number that no double holds is text as well",
            dimensions("\"a\":1e400"),
            out("\"a\":\"1e400\"")),
        row(
            "§4.4 other members stay as they are",
            "{" + NEEDED + ",\"dimensions\":{\"a\":1},\"x\":{\"dimensions\":{\"a\":1}}}",
            "{"
                + NEEDED
                + ",\"dimensions\":{\"a\":\"1\"},\"x\":{\"dimensions\":{\"a\":1}}"
                + TIME
                + ID
                + "}"));
  }

  private static Arguments row(String rule, String record, String expected) {
    return Arguments.of(rule, record, expected);
  }

  private static String dimensions(String members) {
    return "{" + NEEDED + ",\"dimensions\":{" + members + "}}";
  }

  private static String out(String members) {
    return "{" + NEEDED + ",\"dimensions\":{" + members + "}" + TIME + ID + "}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outputs")
  void aRecordComesOutByteForByteButForCompletion(String rule, String record, String expected) {
    assertThat(Harvest.ofMessage("meter_record_for_cw" + record).records())
        .as(rule)
        .containsExactly(expected);
    assertThat(Harvest.ofMessage(Lines.lambdaJson(record)).records())
        .as(rule)
        .containsExactly(expected);
  }

  /** §4.3: a golden value, so that ids stay the same from release to release. */
  @Test
  void theDerivedIdIsTheHashOfWhereTheRecordStands() {
    assertThat(DerivedIds.of(new Origin("o", "g", "s"), "1", 0))
        .isEqualTo("441546ffec4132305c6320f0353efaa4");
  }

  /** §4.3: each part counts, and nothing else does. */
  @Test
  void theDerivedIdIsAFunctionOfTheEventAndThePosition() {
    Origin origin = new Origin("o", "g", "s");
    assertThat(idOf(origin, "1", "")).isEqualTo(DerivedIds.of(origin, "1", 0));
    assertThat(
            List.of(
                idOf(new Origin("x", "g", "s"), "1", ""),
                idOf(new Origin("o", "x", "s"), "1", ""),
                idOf(new Origin("o", "g", "x"), "1", ""),
                idOf(new Origin("og", "", "s"), "1", ""),
                idOf(origin, "2", ""),
                idOf(origin, "1", "meter_record_for_cw! ")))
        .doesNotHaveDuplicates()
        .doesNotContain(idOf(origin, "1", ""));
    Origin beyondAscii = new Origin("ö", "/grüße", "😀");
    assertThat(idOf(beyondAscii, "é", "")).isEqualTo(DerivedIds.of(beyondAscii, "é", 0));
    assertThat(idOf(origin, "1", "any text before ")).isEqualTo(idOf(origin, "1", ""));
  }

  private static String idOf(Origin origin, String eventId, String before) {
    Payload.LogEvent event =
        new Payload.LogEvent(eventId, 5, before + "meter_record_for_cw {" + NEEDED + "}");
    Payload payload =
        new Payload(
            "DATA_MESSAGE", origin.owner(), origin.logGroup(), origin.logStream(), List.of(event));
    String record = Harvest.ofPayload(payload.gzip()).records().getFirst();
    return record.replaceAll(".*\"uniqueId\":\"([0-9a-f]{32})\"}", "$1");
  }

  @Test
  void whatIsRefusedKeepsItsWholeEvent() {
    Harvest harvest = Harvest.ofPayload(Payload.of("é \" \\ \n " + Lines.bare("{}")).bytes());
    assertThat(Bytes.text(harvest.refused().getFirst().toJson()))
        .isEqualTo(
            "{\"reason\":\"missing-field\",\"detail\":\"meterApiName is missing, and so is values\",\"owner\":\"123456789012\",\"logGroup\":\"/aws/lambda/checkout\",\"logStream\":\"%s\",\"eventId\":\"%s\",\"timestamp\":%d,\"message\":\"é \\\" \\\\ \\n meter_record_for_stream {}\"}"
                .formatted(Payload.LOG_STREAM, Payload.eventId(0), Payload.FIRST_TIME));
  }

  @Test
  void aMessageThatIsNoUtf8IsKeptAsBytesToo() {
    byte[] message = Bytes.joined(Bytes.utf8("meter_record_for_cw "), new byte[] {(byte) 0xFF});
    Harvest harvest = Harvest.ofMessage(message, Limits.DEFAULT);
    assertThat(Bytes.text(harvest.refused().getFirst().toJson()))
        .contains(
            "\"message\":\"meter_record_for_cw \\ufffd\",\"messageBytes\":\"bWV0ZXJfcmVjb3JkX2Zvcl9jdyD/\"");
  }

  @Test
  void theNewestTimeIsThatOfEventsWithRecords() throws IOException {
    Findings out = new Findings();
    assertThat(out.newestTimestamp()).isEqualTo(Long.MIN_VALUE);
    byte[] message = Bytes.utf8(Lines.bare(Lines.record("a")));
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
    LogEvent event = new LogEvent().plainMessage(message, 0, message.length);
    extractor.extract(event.from(Origin.UNKNOWN).timestamp(9), out);
    extractor.extract(event.from(Origin.UNKNOWN).timestamp(7), out);
    assertThat(out.newestTimestamp()).isEqualTo(9);
    extractor.extract(event.from(Origin.UNKNOWN), out);
    assertThat(out.newestTimestamp()).as("the record's own").isEqualTo(1_782_896_400_062L);
    out.clearRecords();
    assertThat(out.recordsFound()).isEqualTo(3);
    assertThat(out.records().isEmpty()).isTrue();
    assertThat(out.newestTimestamp()).isEqualTo(Long.MIN_VALUE);
  }
}
