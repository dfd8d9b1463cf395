package io.meterline.core.event;

import static io.meterline.samples.Bytes.joined;
import static io.meterline.samples.Bytes.text;
import static io.meterline.samples.Bytes.utf8;
import static io.meterline.samples.Bytes.withoutLast;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Harvest;
import io.meterline.core.find.Markers;
import io.meterline.samples.Aggregates;
import io.meterline.samples.Gzip;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 1 of the rules of extraction: payloads. */
final class PayloadRulesTest {
  private static final String A = Lines.record("a");
  private static final String B = Lines.record("b");
  private static final byte[] DOC_A = Payload.of(Lines.bare(A)).bytes();
  private static final byte[] DOC_B = Payload.of(Lines.bare(B)).bytes();
  private static final byte[] GZIP_A = Gzip.member(DOC_A);
  private static final byte[] GZIP_B = Gzip.member(DOC_B);
  private static final byte[] GARBAGE = utf8("trailing bytes");

  /** A payload and what comes of it: records, and the bytes of each entry in quarantine. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Case(String rule, String says, byte[] payload, List<String> records, byte[]... refused) {
    @Override
    public String toString() {
      return "§" + rule + " " + says;
    }
  }

  static Stream<Case> opening() {
    byte[] cut = withoutLast(9, GZIP_B);
    byte[] wrong = Gzip.withWrongChecksum(GZIP_B);
    byte[] wrongLength = GZIP_B.clone();
    wrongLength[wrongLength.length - 4] ^= 1;
    byte[] noEvents = utf8("{\"owner\":\"o\"}");
    byte[] both = joined(DOC_A, DOC_B);
    return Stream.of(
        new Case("1.1", "one gzip member with one document", GZIP_A, List.of(A)),
        new Case("1.1", "several gzip members", joined(GZIP_A, GZIP_B), List.of(A, B)),
        new Case("1.1", "several documents without white space", both, List.of(A, B)),
        new Case("1.1", "the same compressed", Gzip.member(both), List.of(A, B)),
        new Case(
            "1.1",
            "several documents with white space around",
            joined(utf8(" \n"), DOC_A, utf8("\r\n\t"), DOC_B, utf8("\n")),
            List.of(A, B)),
        new Case("1.1", "a payload that is not compressed", DOC_A, List.of(A)),
        new Case(
            "1.2", "a truncated member", withoutLast(1, GZIP_A), List.of(), withoutLast(1, GZIP_A)),
        new Case("1.2", "a whole member and a truncated one", joined(GZIP_A, cut), List.of(A), cut),
        new Case("1.2", "a wrong checksum behind", joined(GZIP_A, wrong), List.of(A), wrong),
        new Case("1.2", "a wrong checksum before", joined(wrong, GZIP_A), List.of(A), wrong),
        new Case("1.2", "a wrong length", joined(GZIP_A, wrongLength), List.of(A), wrongLength),
        new Case("1.2", "trailing bytes", joined(GZIP_A, GARBAGE), List.of(A), GARBAGE),
        new Case("1.2", "one trailing zero", joined(GZIP_A, new byte[1]), List.of(A), new byte[1]),
        new Case(
            "1.2",
            "a wrong checksum and trailing bytes are one entry",
            joined(wrong, GZIP_A, GARBAGE),
            List.of(A),
            joined(wrong, GARBAGE)),
        new Case(
            "1.2",
            "a member's header alone",
            joined(GZIP_A, new byte[] {0x1F, (byte) 0x8B}),
            List.of(A),
            new byte[] {0x1F, (byte) 0x8B}),
        new Case("1.2", "neither gzip nor JSON", GARBAGE, List.of(), GARBAGE),
        new Case("1.2", "the same compressed", Gzip.member(GARBAGE), List.of(), GARBAGE),
        new Case("1.2", "no bytes at all", new byte[0], List.of(), new byte[0]),
        new Case("1.2", "JSON without logEvents", noEvents, List.of(), noEvents),
        new Case("1.2", "JSON that is not an object", utf8("[1]"), List.of(), utf8("[1]")),
        new Case(
            "1.2",
            "JSON without logEvents between documents",
            joined(DOC_A, noEvents, DOC_B),
            List.of(A, B),
            noEvents),
        new Case(
            "1.2",
            "logEvents that is no array",
            utf8("{\"logEvents\":{}}"),
            List.of(),
            utf8("{\"logEvents\":{}}")),
        new Case(
            "1.2",
            "a document cut off behind a whole one",
            joined(DOC_A, withoutLast(1, DOC_B)),
            List.of(A),
            withoutLast(1, DOC_B)),
        new Case(
            "1.2",
            "each member stands for itself: a document over two members is no document",
            joined(Gzip.member(withoutLast(1, DOC_A)), Gzip.member(utf8("}")), GZIP_B),
            List.of(B),
            withoutLast(1, DOC_A),
            utf8("}")),
        new Case(
            "1.4",
            "user records of an aggregate, compressed and not",
            Aggregates.of(GZIP_A, DOC_B),
            List.of(A, B)),
        new Case(
            "1.4",
            "one broken user record of an aggregate",
            Aggregates.of(cut, GZIP_A, GARBAGE),
            List.of(A),
            cut,
            GARBAGE),
        new Case(
            "1.4",
            "an aggregate with another digest is no aggregate",
            flippedLast(Aggregates.of(GZIP_A)),
            List.of(),
            flippedLast(Aggregates.of(GZIP_A))),
        new Case(
            "1.4",
            "an aggregate whose protocol buffer is broken",
            Aggregates.ofMessage(new byte[] {0x1A, 0x7F, 1}),
            List.of(),
            Aggregates.ofMessage(new byte[] {0x1A, 0x7F, 1})),
        new Case(
            "1.4",
            "an aggregate without user records",
            Aggregates.of(),
            List.of(),
            Aggregates.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("opening")
  void whatIsWholeIsUsedAndTheRestKept(Case example) {
    Harvest harvest = Harvest.ofPayload(example.payload());
    assertThat(harvest.records()).isEqualTo(example.records());
    assertThat(harvest.payloadBytes()).containsExactly(example.refused());
    assertThat(harvest.reasons()).allMatch("undecodable-payload"::equals);
  }

  private static byte[] flippedLast(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[flipped.length - 1] ^= 1;
    return flipped;
  }

  /** §1.2: also where the broken member is larger than the buffer that readers start with. */
  @Test
  void aLargeBrokenMemberLeavesTheWholeOneBeforeItAlone() {
    byte[] noise = new byte[600_000];
    new Random(1).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] &= 0x3F;
    }
    byte[] large = Gzip.member(noise);
    for (int at = 50_000; at < large.length; at += 7_919) {
      byte[] broken = large.clone();
      java.util.Arrays.fill(broken, at, at + 64, (byte) 0xFF);
      Harvest harvest = Harvest.ofPayload(joined(GZIP_A, broken));
      assertThat(harvest.records()).containsExactly(A);
      assertThat(harvest.reasons()).containsExactly("undecodable-payload");
      assertThat(harvest.payloadBytes()).containsExactly(broken);
    }
  }

  @Test
  void aRefusedPayloadKeepsItsSequenceNumber() {
    assertThat(
            new String(
                Harvest.ofPayload(GARBAGE).refused().getFirst().toJson(),
                java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"sequenceNumber\":\"49640\"", "\"payload\":\"dHJhaWxpbmcgYnl0ZXM=\"");
  }

  static Stream<Case> documents() {
    String event = new Payload.LogEvent("1", 5, Lines.bare(A)).json();
    return Stream.of(
        new Case(
            "1.5",
            "members that nobody knows",
            utf8(
                "{\"policyLevel\":\"x\",\"n\":[{\"logEvents\":1}],\"logEvents\":[{\"x\":{\"message\":\"%s\"},%s],\"z\":null}"
                    .formatted(JsonStrings.escaped(Lines.bare(B)), event.substring(1))),
            List.of(A)),
        new Case(
            "1.5",
            "an extractedFields map",
            utf8("{\"logEvents\":[{\"extractedFields\":{\"a\":\"b\"}," + event.substring(1) + "]}"),
            List.of(A)),
        new Case(
            "1.5",
            "any other messageType",
            utf8("{\"messageType\":\"NEW\",\"logEvents\":[" + event + "]}"),
            List.of(A)),
        new Case("1.5", "no messageType", utf8("{\"logEvents\":[" + event + "]}"), List.of(A)),
        new Case("1.5", "no events", utf8("{\"logEvents\":[]}"), List.of()),
        new Case(
            "1.5",
            "an event without a message",
            utf8("{\"logEvents\":[{},{\"id\":\"1\"}]}"),
            List.of()),
        new Case(
            "1.5",
            "an event that is just its message",
            utf8("{\"logEvents\":[" + JsonStrings.quoted(Lines.bare(A)) + "]}"),
            List.of(A)),
        new Case(
            "1.5",
            "names with escapes",
            utf8(
                "{\"log\\u0045vents\":[{\"m\\u0065ssage\":"
                    + JsonStrings.quoted(Lines.bare(A))
                    + "}]}"),
            List.of(A)),
        new Case(
            "1.5",
            "a message in which every character is an escape",
            utf8(
                "{\"logEvents\":[{\"message\":\"%s\"}]}"
                    .formatted(JsonStrings.unicodeEscaped(Lines.bare(A)))),
            List.of(A)),
        new Case(
            "1.5",
            "a message that is not a string but holds a marker",
            utf8("{\"logEvents\":[{\"message\":" + Lines.asMember(A) + "}]}"),
            List.of(A)),
        new Case(
            "1.5",
            "half a surrogate pair in a message hurts no neighbour",
            utf8("{\"logEvents\":[{\"message\":\"\\ud83d x\"}," + event + "]}"),
            List.of(A)),
        new Case(
            "1.5",
            "bytes that are no UTF-8 in a message hurt no neighbour",
            joined(
                utf8("{\"logEvents\":[{\"message\":\""),
                new byte[] {(byte) 0xFF},
                utf8("\"}," + event + "]}")),
            List.of(A)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void aDocumentIsReadWhateverElseStandsInIt(Case example) {
    Harvest harvest = Harvest.ofPayload(example.payload());
    assertThat(harvest.records()).isEqualTo(example.records());
    assertThat(harvest.refused()).isEmpty();
  }

  /** §1.5: control messages are counted and skipped, wherever they are. */
  @Test
  void controlMessagesAreCountedAndSkipped() {
    byte[] control = Payload.control().bytes();
    Harvest among = Harvest.ofPayload(Gzip.member(joined(control, DOC_A, control, DOC_B, control)));
    assertThat(among.records()).containsExactly(A, B);
    assertThat(among.control()).isEqualTo(3);
    assertThat(among.events()).isEqualTo(2);
    assertThat(among.refused()).isEmpty();

    byte[] withMarker =
        utf8(
            "{\"logEvents\":[{\"message\":\"meter_record_for_cw x\"}],\"messageType\":\"CONTROL_MESSAGE\"}");
    Harvest marked = Harvest.ofPayload(withMarker);
    assertThat(marked.control()).isEqualTo(1);
    assertThat(marked.events()).isZero();
    assertThat(marked.refused()).isEmpty();
  }

  /** §1.5, §1.6: whatever the order of members and the type of id, the derived id is the same. */
  @Test
  void theOrderOfMembersAndTheTypeOfTheIdChangeNothing() {
    String line =
        "meter_record_for_stream {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";
    String message = JsonStrings.quoted(line);
    List<String> same =
        Stream.of(
                "{\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":[{\"id\":\"0123\",\"timestamp\":77,\"message\":%s}]}",
                "{\"logEvents\":[{\"message\":%s,\"timestamp\":77,\"id\":\"0123\"}],\"logStream\":\"s\",\"logGroup\":\"g\",\"owner\":\"1\"}",
                "{\"logEvents\":[ { \"timestamp\" : 77, \"message\" : %s, \"id\" : \"01\\u00323\" } ],\"logStream\":\"\\u0073\",\"logGroup\":\"g\",\"owner\":\"1\"}")
            .map(json -> Harvest.ofPayload(utf8(json.formatted(message))).records().getFirst())
            .toList();
    assertThat(same).allMatch(same.getFirst()::equals);
    assertThat(same.getFirst()).contains("\"meterTimeInMillis\":77,\"uniqueId\":\"");

    String numeric = "{\"logEvents\":[{\"id\":%s,\"timestamp\":77,\"message\":" + message + "}]}";
    String digits = "38533123611234567890123456789012345678901234567890100001";
    assertThat(Harvest.ofPayload(utf8(numeric.formatted(digits))).records())
        .isEqualTo(Harvest.ofPayload(utf8(numeric.formatted('"' + digits + '"'))).records())
        .hasSize(1);
  }

  @Test
  void anEventWithoutIdOrTimeRefusesOnlyRecordsThatNeedThem() {
    String needy =
        "meter_record_for_cw {\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";
    String json =
        "{\"logEvents\":[{\"id\":null,\"timestamp\":\"x\",\"message\":%s}]}"
            .formatted(JsonStrings.quoted(Lines.bare(A) + needy));
    Harvest harvest = Harvest.ofPayload(utf8(json));
    assertThat(harvest.records()).containsExactly(A);
    assertThat(harvest.reasons()).containsExactly("missing-field");
    assertThat(text(harvest.refused().getFirst().toJson())).contains("\"timestamp\":null");
  }

  @Test
  void aStretchIsToldByItsFirstAndLastIdAndItsNewestTime() throws IOException {
    List<String> told = new ArrayList<>();
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
    PayloadReader reader =
        new PayloadReader(
            extractor,
            Limits.DEFAULT,
            stretch ->
                told.add(
                    "%s %s-%s %d"
                        .formatted(
                            stretch.origin().owner(),
                            stretch.firstId(),
                            stretch.lastId(),
                            stretch.newestTimestamp())));
    byte[] documents =
        utf8(
            "{\"logEvents\":[{\"id\":\"0\\u0031\",\"timestamp\":9},{\"timestamp\":-7},{\"id\":22,\"timestamp\":null}],\"owner\":\"o\"}{\"logEvents\":[]}{\"logEvents\":[{\"id\":null}]}");
    reader.read(documents, 0, documents.length, "", new Findings());
    reader.close();
    long none = Long.MIN_VALUE;
    assertThat(told).containsExactly("o 01-22 9", " - " + none, " - " + none);
  }

  @Test
  void anEventsTimeIsAnIntegerOfUpTo18Digits() {
    String event = "{\"timestamp\":%s,\"message\":\"meter_record_for_cw {}\"}";
    for (String time : List.of("-1", "0", "999999999999999999")) {
      assertThat(timestampOf(event.formatted(time))).isEqualTo(time);
    }
    for (String none : List.of("1.5", "1e3", "\"1\"", "null", "true", "[]", "9".repeat(19))) {
      assertThat(timestampOf(event.formatted(none))).isEqualTo("null");
    }
  }

  private static String timestampOf(String event) {
    Harvest harvest = Harvest.ofPayload(utf8("{\"logEvents\":[" + event + "]}"));
    String entry = text(harvest.refused().getFirst().toJson());
    return entry.replaceAll(".*\"timestamp\":([^,]*),.*", "$1");
  }

  /** §1.3: just above the bound or far above it, compressed or not, and exactly at it. */
  @Test
  void aPayloadAboveTheBoundIsTooLarge() {
    byte[] exact = padded(1_000);
    byte[] above = padded(1_001);
    Limits limits = new Limits(1_000, 1_000, 1_000);
    for (byte[] fits : List.of(exact, Gzip.member(exact))) {
      assertThat(Harvest.ofPayload(fits, limits).records()).containsExactly(A);
    }
    byte[] twoHalves = joined(Gzip.member(padded(600)), Gzip.member(padded(401)));
    for (byte[] large : List.of(above, Gzip.member(above), twoHalves, Gzip.zeros(1_000_000))) {
      Harvest harvest = Harvest.ofPayload(large, limits);
      assertThat(harvest.records()).isEmpty();
      assertThat(harvest.reasons()).containsExactly("too-large");
      assertThat(harvest.payloadBytes()).containsExactly(large);
    }
  }

  private static byte[] padded(int length) {
    String document = "{\"logEvents\":[{\"message\":" + JsonStrings.quoted(Lines.bare(A)) + "}]}";
    return utf8(document + " ".repeat(length - document.length()));
  }

  @Test
  void countsAreOfEventsWithAndWithoutAMarker() {
    Harvest harvest =
        Harvest.ofPayload(joined(GZIP_A, Payload.of("x", "y", "meter_record_for_cw").gzip()));
    assertThat(harvest.payloads()).isEqualTo(1);
    assertThat(harvest.events()).isEqualTo(4);
    assertThat(harvest.records()).hasSize(1);
    assertThat(harvest.reasons()).containsExactly("malformed-json");
    assertThat(Harvest.ofPayload(Aggregates.of(GZIP_A, GZIP_B, GZIP_A)).payloads()).isEqualTo(3);
  }

  @Test
  void aPayloadOfTenThousandEventsGivesTenThousandRecords() {
    List<String> records = IntStream.range(0, 10_000).mapToObj(i -> Lines.record("r" + i)).toList();
    Payload payload = Payload.of(records.stream().map(Lines::node).toList());
    assertThat(Harvest.ofPayload(payload.gzip()).records()).isEqualTo(records);
  }
}
