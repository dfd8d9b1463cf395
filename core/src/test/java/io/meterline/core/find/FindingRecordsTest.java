package io.meterline.core.find;

import static io.meterline.core.find.Fact.gives;
import static io.meterline.core.find.Fact.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Quarantined;
import io.meterline.core.record.DerivedIds;
import io.meterline.samples.Bytes;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2 of docs/contract.md: finding records in a message. */
final class FindingRecordsTest {
  private static final String STREAM = "meter_record_for_stream";
  private static final String CW = "meter_record_for_cw";
  private static final String A = Lines.record("a");
  private static final String B = Lines.record("b");

  static Stream<Fact> markers() {
    return Stream.of(
        gives("2.1", "the marker for streams", STREAM + " " + A, A),
        gives("2.1", "the marker for CloudWatch", CW + " " + A, A),
        gives("2.1", "no marker", A),
        gives("2.1", "nothing at all", ""),
        gives("2.1", "part of a marker", "meter_record_for_s " + A),
        gives("2.1", "a letter behind is another word", STREAM + "x " + A),
        gives("2.1", "a capital letter behind is another word", STREAM + "Z" + A),
        gives("2.1", "a digit behind is another word", STREAM + "2 " + A),
        gives("2.1", "an underscore behind is another word", STREAM + "_v2 " + A),
        gives("2.1", "a letter beyond ASCII behind is none of those", STREAM + "é")
            .andRefuses("malformed-json"),
        gives("2.1", "capitals are another word", "METER_RECORD_FOR_CW " + A),
        gives("2.1", "letters before do not matter", "xmeter_record_for_cw " + A, A),
        gives("2.1", "an underscore before does not matter", "my_" + STREAM + " " + A, A),
        gives("2.1", "another word first", STREAM + "_v2 " + B + STREAM + " " + A, A),
        gives("2.1", "a marker at the very end", "x " + STREAM)
            .andRefuses("malformed-json: no JSON after the marker"));
  }

  static Stream<Fact> fillers() {
    return Stream.of(
        gives("2.2", "nothing between", STREAM + A, A),
        gives("2.2", "white space of every kind", STREAM + " \t\r\n " + A, A),
        gives("2.2", "each filler character", STREAM + ":=->,\"\\" + A, A),
        gives("2.2", "fillers in another order", STREAM + "\\\",\\ >>--::==\n" + A, A),
        gives("2.2", "fillers before an array", STREAM + "=> [" + A + "]", A),
        refuses(
            "2.2",
            "another character between",
            STREAM + " (" + A,
            "malformed-json: no JSON after the marker"),
        refuses(
            "2.2",
            "a form feed is no filler",
            STREAM + "\f" + A,
            "malformed-json: no JSON after the marker"),
        refuses(
            "2.2",
            "a no-break space is no filler",
            STREAM + "\u00a0" + A,
            "malformed-json: no JSON after the marker"),
        refuses("2.2", "a number", STREAM + " 7", "malformed-json: no JSON after the marker"),
        refuses(
            "2.2", "a string", STREAM + " \"text\"", "malformed-json: no JSON after the marker"),
        refuses("2.2", "null", STREAM + " null", "malformed-json: no JSON after the marker"),
        refuses("2.2", "only fillers", STREAM + " : ", "malformed-json: no JSON after the marker"),
        refuses(
            "2.2",
            "another marker first",
            STREAM + " " + CW + " x",
            "malformed-json",
            "malformed-json"),
        gives("2.2", "a marker before a marker", STREAM + " " + CW + " " + A, A)
            .andRefuses("malformed-json"));
  }

  static Stream<Fact> ends() {
    return Stream.of(
        gives("2.3", "free text behind", STREAM + " " + A + " took 3 ms }]\"", A),
        gives("2.3", "another marker behind", STREAM + " " + A + CW + B, A, B),
        gives("2.3", "another record without a marker behind", STREAM + " " + A + B, A),
        gives(
            "2.3",
            "a marker inside a record's string is no marker",
            STREAM + " " + withName(CW + " {}"),
            withName(CW + " {}")),
        gives(
            "2.3",
            "a bracket inside a string ends nothing",
            STREAM + withName("}]{[") + CW + A,
            withName("}]{["),
            A),
        gives("2.3", "a record behind one that is malformed", STREAM + " {x} " + CW + " " + A, A)
            .andRefuses("malformed-json"),
        gives(
                "2.3",
                "a record inside one that is malformed",
                STREAM + " {\"a\":1 " + CW + " " + A,
                A)
            .andRefuses("malformed-json"),
        gives("2.3", "a record behind one that breaks a rule", STREAM + " {}" + CW + A, A)
            .andRefuses("missing-field"),
        gives("2.3", "a record behind a marker without one", STREAM + "! " + CW + A, A)
            .andRefuses("malformed-json"),
        refuses(
            "2.3",
            "a record cut off takes what follows",
            STREAM + " {\"a\":\"" + CW + " x",
            "truncated"),
        gives("2.3", "an array of records", STREAM + " [" + A + " , " + B + "] x", A, B),
        gives("2.3", "an array without elements holds nothing", STREAM + " []"),
        gives(
                "2.3",
                "elements stand for themselves",
                STREAM + " [7," + A + ",{}," + B + ",[" + A + "],null]",
                A,
                B)
            .andRefuses("not-an-object", "missing-field", "not-an-object", "not-an-object"),
        refuses(
            "2.3",
            "a malformed array is refused as a whole",
            STREAM + " [" + A + "," + B + " x]",
            "malformed-json"),
        refuses(
            "2.3",
            "a truncated array is refused as a whole",
            STREAM + " [" + A + "," + B,
            "truncated"));
  }

  private static String withName(String name) {
    return A.replace("api-calls", name);
  }

  static Stream<Fact> nesting() {
    return Stream.of(
        gives("2.4", "one string deep", Lines.lambdaJson(A), A),
        gives("2.4", "two strings deep", deep(2, A), A),
        gives("2.4", "three strings deep", deep(3, A), A),
        gives("2.4", "a member's name", Lines.asMember(A), A),
        gives(
            "2.4",
            "a member's name one string deep",
            "{\"m\":" + JsonStrings.quoted(Lines.asMember(A)) + "}",
            A),
        gives(
            "2.4",
            "depths mixed in one message",
            Lines.bare(A) + deep(2, B) + deep(1, A) + deep(3, B) + Lines.bare(A),
            A,
            B,
            A,
            B,
            A),
        gives(
            "2.4",
            "two records in one string",
            "{\"m\":" + JsonStrings.quoted(Lines.bare(A) + Lines.bare(B)) + "}",
            A,
            B),
        gives(
            "2.4",
            "an array in a string",
            "{\"m\":" + JsonStrings.quoted(Lines.bare("[" + A + "," + B + "]")) + "}",
            A,
            B),
        gives(
            "2.4",
            "escapes of the record survive",
            Lines.lambdaJson(withName("\\u00e9\\n\\\"\\\\")),
            withName("\\u00e9\\n\\\"\\\\")),
        gives(
            "2.4",
            "a quote written as an escape of the outer string",
            deep(1, A).replace("b", "\\u0062"),
            A),
        refuses("2.4", "four strings deep", deep(4, A), "malformed-json: the quotes"),
        refuses(
            "2.4",
            "two backslashes before the first quote",
            STREAM + " {\\\\\"a\\\\\":1}",
            "malformed-json: the quotes"),
        gives(
                "2.4",
                "a record inside one whose quotes are escaped unevenly",
                STREAM + " {\\\\\"a\\\\\":" + STREAM + A,
                A)
            .andRefuses("malformed-json: the quotes"),
        gives(
                "2.4",
                "the enclosing string ends inside the record",
                "{\"m\":\"" + STREAM + " {\\\"a\\\":1\"} " + STREAM + A,
                A)
            .andRefuses("truncated"),
        gives(
                "2.4",
                "the same two deep",
                "{\"m\":\"{\\\"m\\\":\\\"" + STREAM + " {\\\\\\\"a\\\\\\\":1\\\"}\"} " + STREAM + A,
                A)
            .andRefuses("truncated"),
        refuses(
            "2.4",
            "the text ends inside a nested record",
            "{\"m\":\"" + STREAM + " {\\\"a\\\":1",
            "truncated"),
        refuses(
            "2.4",
            "the text ends inside an escape",
            "{\"m\":\"" + STREAM + " {\\\"a\\",
            "truncated"),
        refuses(
            "2.4",
            "an invalid escape",
            "{\"m\":\"" + STREAM + " {\\\"a\\\":\\x1}\"}",
            "malformed-json"),
        refuses(
            "2.4",
            "an invalid escape in the record's own string",
            Lines.lambdaJson("{\"a\":\"\\x\"}"),
            "malformed-json"),
        gives(
            "2.4",
            "an invalid escape behind the record is not reached",
            "{\"m\":\"" + STREAM + " " + JsonStrings.escaped(A) + "\\x\"}",
            A),
        gives(
                "2.4",
                "a record behind an invalid escape",
                "{\"m\":\"" + STREAM + " {\\\"a\\x\"}" + CW + A,
                A)
            .andRefuses("malformed-json"));
  }

  private static String deep(int depth, String record) {
    String line = Lines.bare(record);
    for (int i = 0; i < depth; i++) {
      line = "{\"level\":\"INFO\",\"message\":" + JsonStrings.quoted(line) + "}";
    }
    return line;
  }

  static Stream<Fact> lines() {
    String pretty = A.replace(",", ",\n\t").replace("{", "{\r\n ").replace(":", " : ");
    return Stream.of(
        gives("2.5", "over several lines", STREAM + "\n" + pretty + "\nnext", A),
        gives(
            "2.5",
            "over several lines in an array",
            STREAM + " [\n" + pretty + "\n,\n" + pretty + "\n]",
            A,
            A),
        gives("2.5", "over several lines in a string", Lines.lambdaJson(pretty), A),
        gives("2.5", "over several lines two strings deep", deep(2, pretty), A));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"markers", "fillers", "ends", "nesting", "lines"})
  void recordsAreFoundAsTheRuleSays(Fact fact) {
    check(fact, Harvest.ofMessage(fact.message()));
  }

  /** The same message as it is in a payload, where it is an escaped string. */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"markers", "fillers", "ends", "nesting", "lines"})
  void recordsAreFoundInPayloadsAsTheRuleSays(Fact fact) {
    check(fact, Harvest.ofPayload(Payload.of(fact.message()).bytes()));
    String unicode = JsonStrings.unicodeEscaped(fact.message());
    check(
        fact,
        Harvest.ofPayload(
            Bytes.utf8("{\"logEvents\":[{\"id\":1,\"message\":\"" + unicode + "\"}]}")));
  }

  private static void check(Fact fact, Harvest harvest) {
    assertThat(harvest.records()).isEqualTo(fact.records());
    assertThat(harvest.refused()).hasSameSizeAs(fact.reasons());
    for (int i = 0; i < fact.reasons().size(); i++) {
      Quarantined entry = harvest.refused().get(i);
      assertThat(entry.reason().word() + ": " + entry.detail()).startsWith(fact.reasons().get(i));
    }
    assertThat(harvest.messages()).allMatch(fact.message()::equals);
  }

  /** §2.7: refused records, and markers with nothing after them, count one each. */
  @Test
  void positionsCountAllThatWasFound() {
    String bare = "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";
    String message =
        String.join(
            " ",
            STREAM + bare,
            STREAM + "!",
            STREAM + "{}",
            STREAM + "[" + bare + ",7," + bare + "]",
            STREAM + "[]",
            STREAM + "[7,",
            STREAM + "{\"a\" x",
            STREAM + bare);
    Harvest harvest = Harvest.ofMessage(message.replace("[7, ", "[7,} "));
    assertThat(harvest.reasons())
        .containsExactly(
            "malformed-json", "missing-field", "not-an-object", "malformed-json", "malformed-json");
    assertThat(harvest.records())
        .containsExactly(derived(bare, 0), derived(bare, 3), derived(bare, 5), derived(bare, 8));
  }

  private static String derived(String record, int position) {
    return record.replace(
        "}",
        ",\"meterTimeInMillis\":%d,\"uniqueId\":\"%s\"}"
            .formatted(Harvest.TIME, DerivedIds.at(position)));
  }

  /** §2.1: unless told otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"usage:", "meter/record", "a b", "$", "usage", "note"})
  void aMarkerMayBeAnyWord(String word) {
    Markers markers = new Markers(List.of("other_marker", word));
    String message = "\n\t" + word + " " + A + " \\" + word + " {} " + STREAM + " {}";
    byte[] json = Payload.of(message).bytes();
    byte[] slashesEscaped = Bytes.utf8(Bytes.text(json).replace("/", "\\/"));
    for (byte[] payload : List.of(json, slashesEscaped)) {
      Harvest harvest = Harvest.ofPayload(payload, markers, Limits.DEFAULT);
      assertThat(harvest.records()).containsExactly(A);
      assertThat(harvest.reasons()).containsExactly("missing-field");
    }
  }

  /** Between the quotes of a JSON string, a line break and {@code ote} look like the marker. */
  @Test
  void theLetterOfAnEscapeIsNoPartOfAMarker() {
    Markers markers = new Markers(List.of("note"));
    byte[] payload = Payload.of("\note " + B + " note " + A).bytes();
    Harvest harvest = Harvest.ofPayload(payload, markers, Limits.DEFAULT);
    assertThat(harvest.records()).containsExactly(A);
    assertThat(harvest.refused()).isEmpty();
  }
}
