package io.meterline.core.lines;

import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.record;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.event.SmallReads;
import io.meterline.core.event.Source;
import io.meterline.core.event.Window;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.input.Found;
import io.meterline.core.input.Samples;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineSourceTest {
  private static final int LIMIT = 1_000;
  private static final String PRETTY =
      """
      INFO meter_record_for_stream {
        "meterApiName": "m",
        "customerId": "c",
        "meterValue": 7,
        "meterTimeInMillis": 5,
        "uniqueId": "r7"
      }
      """;

  @Test
  void everyLineIsALogEvent() throws IOException {
    String log = "start\n" + message(0) + "\n\n" + message(1) + "\nend\n";
    assertThat(found(log))
        .isEqualTo(new Found(records(0, 2), List.of(), "payloads=0 events=5 control=0"));
  }

  @Test
  void aLastLineNeedsNoLineEnd() throws IOException {
    assertThat(found(Samples.lines(0, 2) + message(2)))
        .isEqualTo(new Found(records(0, 3), List.of(), "payloads=0 events=3 control=0"));
    assertThat(found(Samples.lines(0, 2) + "end").counts())
        .isEqualTo("payloads=0 events=3 control=0");
  }

  @Test
  void linesMayEndWithCarriageReturnAndLineFeed() throws IOException {
    String log = (Samples.lines(0, 2) + "x\n" + PRETTY + message(2)).replace("\n", "\r\n");
    assertThat(found(log).records()).containsExactly(record(0), record(1), record(7), record(2));
    Found refused = found(message(0).replace('}', 'x') + "\r\n");
    assertThat(refused.refused()).singleElement().asString().doesNotContain("\\r");
  }

  @Test
  void anEmptyFileHoldsNothing() throws IOException {
    assertThat(found(""))
        .isEqualTo(new Found(List.of(), List.of(), "payloads=0 events=0 control=0"));
    assertThat(found("\n\n").counts()).isEqualTo("payloads=0 events=2 control=0");
  }

  @Test
  void aBinaryFileHoldsNothingButItsMarkers() throws IOException {
    byte[] binary = new byte[5_000];
    new Random(3).nextBytes(binary);
    byte[] withRecord = Samples.joined(binary, utf8("\n" + message(1) + "\0\n"), binary);
    Found found = found(withRecord, 100, LIMIT, null);
    assertThat(found.records()).isEqualTo(records(1, 2));
    assertThat(found.refused()).isEmpty();
  }

  @Test
  void aLinesIdIsWhereItStarts() throws IOException {
    String log = lines("one", "zwölf", "meter_record_for_stream x");
    assertThat(found(log).refused())
        .singleElement()
        .asString()
        .contains("\"eventId\":\"test:11\"")
        .contains("\"message\":\"meter_record_for_stream x\"");
  }

  @Test
  void aLinesTimeIsThatWhichItStartsWith() throws IOException {
    String untimed = record(0).replace("\"meterTimeInMillis\":5,", "");
    String log = "2022-09-13T19:21:45.062Z meter_record_for_stream " + untimed + "\n";
    assertThat(found(log).records())
        .containsExactly(untimed.replace("}", ",\"meterTimeInMillis\":1663096905062}"));
  }

  @Test
  void aLineWithoutATimeHasNoneInAFileAndThatOfReadingOnAStream() throws IOException {
    String untimed = record(0).replace("\"meterTimeInMillis\":5,", "");
    byte[] log = utf8("meter_record_for_stream " + untimed + "\n");
    assertThat(found(log, 100, LIMIT, null).reasons()).containsExactly("missing-field");
    assertThat(found(log, 100, LIMIT, InstantSource.fixed(Instant.ofEpochMilli(77))).records())
        .containsExactly(untimed.replace("}", ",\"meterTimeInMillis\":77}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PRETTY,
        "meter_record_for_stream\n{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":7,\"meterTimeInMillis\":5,\"uniqueId\":\"r7\"}\n",
        "meter_record_for_stream:\r\n\r\n  => {\"meterApiName\":\"m\",\"customerId\":\"c\",\n\"meterValue\":7,\"meterTimeInMillis\":5,\"uniqueId\":\"r7\"} trailing\n",
        "meter_record_for_stream [\n{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":7,\n\"meterTimeInMillis\":5,\"uniqueId\":\"r7\"}\n]",
      })
  void aRecordMayGoOnOverSeveralLines(String log) throws IOException {
    for (String last : List.of("", "end\n")) {
      Found found = found("begin\n" + log + last);
      assertThat(found.records()).containsExactly(record(7));
      assertThat(found.refused()).isEmpty();
    }
  }

  @Test
  void aRecordMayGoOnOverSeveralLinesWhereverWhatIsHeldInMemoryEnds() throws IOException {
    int held = LIMIT;
    for (int before = held - PRETTY.length() - 9; before < held + 9; before += 5) {
      String log = "-".repeat(before % 100) + "\n" + ("-".repeat(99) + "\n").repeat(before / 100);
      byte[] bytes = utf8(log + PRETTY + message(8) + "\n");
      Found found = found(bytes, bytes.length, LIMIT, null);
      assertThat(found.records())
          .as("behind %d bytes", before)
          .containsExactly(record(7), record(8));
    }
  }

  @Test
  void aMarkerBehindARecordOfSeveralLinesIsFound() throws IOException {
    String log = PRETTY.strip() + " and " + message(8) + "\n" + message(9) + "\n";
    assertThat(found(log).records()).containsExactly(record(7), record(8), record(9));
  }

  @Test
  void aRecordCutByItsLineLeavesTheFollowingMarkedLineAlone() throws IOException {
    String cut = message(1).substring(0, 60);
    Found found = found(message(0) + "\n" + cut + "\n" + message(2) + "\nend\n");
    assertThat(found.records()).containsExactly(record(0), record(2));
    assertThat(found.reasons()).containsExactly("truncated");
    assertThat(found.counts()).endsWith("events=4 control=0");
  }

  @Test
  void aMarkedLineIsNoPartOfTheRecordBeforeItEvenWhereItWouldMakeThatWhole() throws IOException {
    Found found = found(lines("meter_record_for_stream [", nested(1), "]", message(2)));
    assertThat(found.records()).containsExactly(record(1), record(2));
    assertThat(found.reasons()).containsExactly("truncated");
  }

  @Test
  void aRecordCutByItsLineIsRefusedWhereNoFollowingLineMakesItWhole() throws IOException {
    for (int length = 30; length < message(1).length(); length++) {
      String cut = message(1).substring(0, length);
      Found found = found(cut + "\nall good\n" + message(2) + "\n");
      assertThat(found.records()).as("cut at %d", length).containsExactly(record(2));
      assertThat(found.refused()).hasSize(1);
    }
  }

  @Test
  void aMarkerAloneOnItsLineIsRefusedWhereNoJsonFollows() throws IOException {
    Found found =
        found("meter_record_for_stream\nmeter_record_for_stream_v2 {\n" + Samples.lines(0, 1));
    assertThat(found.records()).isEqualTo(records(0, 1));
    assertThat(found.refused()).singleElement().asString().contains("no JSON after the marker");
  }

  @Test
  void everySplitIntoReadsFindsTheSame() throws IOException {
    String log =
        "begin\r\n"
            + Samples.lines(0, 3)
            + PRETTY
            + message(1).substring(0, 70)
            + "\n"
            + PRETTY
            + "ünï \uD83D\uDE00 "
            + message(4)
            + message(5)
            + "\n"
            + "x".repeat(1_500)
            + message(6)
            + "\n"
            + "y".repeat(1_500)
            + "\n"
            + "meter_record_for_stream\n"
            + record(8)
            + "\nmeter_record_for_stream "
            + record(9).replace("7", "8");
    byte[] bytes = utf8(log);
    Found expected = found(bytes, bytes.length, LIMIT, null);
    assertThat(expected.records()).hasSize(9);
    assertThat(expected.reasons()).containsExactly("truncated", "too-large");
    for (int most = 1; most < bytes.length; most++) {
      assertThat(found(bytes, most, LIMIT, null)).as("reads of %d", most).isEqualTo(expected);
    }
  }

  @Test
  void aLineAsLongAsTheLimitIsRead() throws IOException {
    for (int before = 0; before < 600; before += 97) {
      String line = "x".repeat(LIMIT - 1 - message(1).length()) + message(1) + "\n";
      String log = "-".repeat(before) + "\n" + line + message(2) + "\n";
      for (int most : new int[] {1, 10, 333, 5_000}) {
        assertThat(found(utf8(log), most, LIMIT, null).records()).isEqualTo(records(1, 3));
      }
    }
  }

  @Test
  void aLineBeyondTheLimitIsPassedWhereItHasNoMarker() throws IOException {
    Found found = found(message(0) + "\n" + "x".repeat(10 * LIMIT) + "\n" + message(1) + "\n");
    assertThat(found)
        .isEqualTo(new Found(records(0, 2), List.of(), "payloads=0 events=3 control=0"));
  }

  @Test
  void aLineBeyondTheLimitWithAMarkerIsRefusedWithItsStart() throws IOException {
    String line = "start " + "x".repeat(5 * LIMIT) + message(1) + "y".repeat(LIMIT);
    Found found = found(message(0) + "\n" + line + "\n" + message(2) + "\n");
    assertThat(found.records()).containsExactly(record(0), record(2));
    assertThat(found.refused())
        .singleElement()
        .asString()
        .contains("\"reason\":\"too-large\"")
        .contains("the line has " + (line.length() + 1) + " bytes")
        .contains("\"eventId\":\"test:" + (message(0).length() + 1) + "\"")
        .contains("\"message\":\"start xxx");
  }

  @Test
  void aMarkerIsFoundWhereverItStandsInALineBeyondTheLimit() throws IOException {
    for (int before = LIMIT - 60; before < LIMIT + 10; before++) {
      String line = "x".repeat(before) + "meter_record_for_stream {" + "y".repeat(LIMIT) + "\n";
      for (int most : new int[] {7, 5_000}) {
        Found found = found(utf8(line + message(0) + "\n"), most, LIMIT, null);
        assertThat(found.reasons()).as("after %d bytes", before).containsExactly("too-large");
        assertThat(found.records()).isEqualTo(records(0, 1));
      }
    }
  }

  @Test
  void anotherWordIsNoMarkerWhereverItStandsInALineBeyondTheLimit() throws IOException {
    for (int before = LIMIT - 60; before < LIMIT + 10; before++) {
      String line = "x".repeat(before) + "meter_record_for_stream_v2" + "y".repeat(LIMIT) + "\n";
      for (int most : new int[] {7, 5_000}) {
        Found found = found(utf8(line + message(0) + "\n"), most, LIMIT, null);
        assertThat(found.refused()).as("after %d bytes", before).isEmpty();
        assertThat(found.records()).isEqualTo(records(0, 1));
      }
    }
  }

  @Test
  void aLastLineBeyondTheLimitNeedsNoLineEnd() throws IOException {
    assertThat(found("x".repeat(3 * LIMIT)).counts()).endsWith("events=1 control=0");
    assertThat(found("x".repeat(3 * LIMIT) + message(1)).reasons()).containsExactly("too-large");
    assertThat(found("x".repeat(3 * LIMIT) + "meter_record_for_stream").refused()).hasSize(1);
  }

  @Test
  void whatMayBeStillInTheWritingIsToldBeforeItIsRefused() throws IOException {
    String line = message(0) + " then " + message(1) + " and more";
    int first = message(0).length();
    int second = first + " then INFO ".length();
    int secondEnd = first + " then ".length() + message(1).length();
    for (int length = 1; length <= line.length(); length++) {
      int safe = length < first ? 0 : length < secondEnd ? Math.min(length, second) : length;
      try (Source source = source(utf8("begin\n" + line.substring(0, length)), 100, LIMIT, null)) {
        Findings out = new Findings();
        while (!source.isAtUnfinishedEnd() && source.next(out)) {
          // Reads up to what may be unfinished.
        }
        assertThat(out.entriesFound()).as("%d bytes of the line", length).isZero();
        assertThat(source.offset())
            .as("%d bytes of the line", length)
            .isLessThanOrEqualTo(6 + safe);
        assertThat(out.recordsFound()).isEqualTo(length < first ? 0 : length < secondEnd ? 1 : 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasCutAnywhereIsReadOnceWhenTheRestIsThere(boolean nested) throws IOException {
    String one = nested ? nested(1) : message(1);
    String log =
        "begin\n" + one + "\n" + PRETTY + "meter_record_for_cw\n" + record(3) + "\r\nend\n";
    byte[] whole = utf8(log);
    List<String> expected = found(log).records();
    assertThat(expected).containsExactly(record(1), record(7), record(3));
    for (int length = 0; length <= whole.length; length++) {
      List<String> records = new ArrayList<>();
      Findings out = new Findings();
      long offset;
      try (Source source = source(Arrays.copyOf(whole, length), 100, LIMIT, null)) {
        while (!source.isAtUnfinishedEnd() && source.next(out)) {
          // Reads up to what may be unfinished.
        }
        offset = source.offset();
      }
      assertThat(out.entriesFound()).as("cut at %d", length).isZero();
      try (Source source = source(whole, 100, LIMIT, null)) {
        source.skip(offset);
        Found.take(out, records);
        records.addAll(Found.in(source).records());
      }
      assertThat(records).as("cut at %d", length).isEqualTo(expected);
    }
  }

  @Test
  void aStretchReadAgainHoldsTheSameHoweverTheInputHasGrown() throws IOException {
    String grown =
        Samples.lines(0, 2)
            + "x\n"
            + message(2)
            + " "
            + message(3)
            + "\nend\n"
            + Samples.lines(4, 5);
    byte[] whole = utf8(grown);
    for (int length = 0; length <= whole.length; length++) {
      Findings before = new Findings();
      long end;
      try (Source source = source(Arrays.copyOf(whole, length), 100, LIMIT, null)) {
        while (!source.isAtUnfinishedEnd() && source.next(before)) {
          // Reads up to what may be unfinished.
        }
        end = source.offset();
      }
      List<String> first = new ArrayList<>();
      Found.take(before, first);
      Findings again = new Findings();
      try (Source source = source(whole, 1_000, LIMIT, null)) {
        source.endAt(end);
        while (source.offset() < end && source.next(again)) {
          // Reads the same stretch.
        }
        List<String> second = new ArrayList<>();
        Found.take(again, second);
        assertThat(second).as("cut at %d", length).isEqualTo(first);
        assertThat(source.offset()).isEqualTo(end);
        source.endAt(Long.MAX_VALUE);
        second.addAll(Found.in(source).records());
        assertThat(second).as("cut at %d", length).isEqualTo(records(0, 5));
      }
    }
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  private static String nested(int number) {
    return "{\"level\":\"INFO\",\"message\":" + Samples.quoted(message(number)) + "}";
  }

  private static Found found(String log) throws IOException {
    return found(utf8(log), 64, LIMIT, null);
  }

  private static Found found(byte[] log, int most, int limit, @Nullable InstantSource clock)
      throws IOException {
    return Found.in(source(log, most, limit, clock));
  }

  private static Source source(byte[] log, int most, int limit, @Nullable InstantSource clock) {
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
    Window window = new Window(new SmallReads(log, most), limit);
    return new LineSource(window, extractor, new LineContext(Origin.UNKNOWN, "test", clock));
  }
}
