package io.meterline.core.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.meterline.samples.Aggregates;
import io.meterline.samples.Bytes;
import io.meterline.samples.Gzip;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Payload;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Any record survives any wrapping and any split; no input loses a marked line. */
final class WrappingTest {
  private static final Pattern MARKER =
      Pattern.compile("meter_record_for_(?:stream|cw)(?![A-Za-z0-9_])");

  /** A record, and the message in which it is logged. */
  record Logged(String record, String message) {}

  @Provide
  Arbitrary<String> records() {
    Arbitrary<String> texts = Arbitraries.strings().ofMinLength(1).ofMaxLength(30);
    return Combinators.combine(
            texts.map(JsonStrings::escaped),
            texts.map(JsonStrings::unicodeEscaped),
            Arbitraries.bigDecimals(),
            Arbitraries.longs().between(1, 253_402_300_799_999L),
            texts.list().ofMaxSize(3))
        .as(
            (name, customer, value, time, dimensions) ->
                "{\"meterApiName\":\"m%s\",\"customerId\":\"c%s\",\"meterValue\":%s,\"meterTimeInMillis\":%d,\"uniqueId\":\"u\",\"dimensions\":%s}"
                    .formatted(name, customer, value, time, object(dimensions)))
        .map(WrappingTest::wholeText)
        .filter(record -> !MARKER.matcher(record).find());
  }

  private static String object(List<String> texts) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < texts.size(); i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"d%d\":".formatted(i))
          .append(JsonStrings.quoted(texts.get(i)));
    }
    return json.append('}').toString();
  }

  /** Half surrogate pairs, raw or as escapes, are what a record can't hold. */
  private static String wholeText(String text) {
    String escapes = text.replaceAll("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}", "\\\\u0061");
    return Bytes.text(Bytes.utf8(escapes));
  }

  @Provide
  Arbitrary<Logged> logged() {
    return Combinators.combine(
            records(),
            Arbitraries.of("meter_record_for_stream", "meter_record_for_cw"),
            Arbitraries.of("", " ", ": ", "=", " => ", "\t", "\":", " , - > "),
            Arbitraries.of(0, 1, 2, 3),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of("", "2026-07-01T09:00:00Z INFO ", "{\"a\":[1, ", "\\\" [ { é "),
            Arbitraries.of("", " done", "}]\"", " \\\" \\x ] } ", "\n\tat Main.main(Main.java:1)"))
        .as(
            (record, marker, filler, depth, pretty, array, before, after) -> {
              String spread = pretty ? pretty(record) : record;
              String json = array ? "[ " + spread + "]" : spread;
              // In a string a tab is an escape, and its letter is none of the fillers.
              String line = marker + (depth > 0 ? filler.replace('\t', ' ') : filler) + json;
              for (int i = 0; i < depth; i++) {
                line = "{\"message\":" + JsonStrings.quoted("x " + line + " y") + "}";
              }
              return new Logged(record, before + line + after);
            });
  }

  /** Line breaks and blanks at every comma, colon and bracket that is outside of strings. */
  private static String pretty(String json) {
    Matcher tokens =
        Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[,:{}]", Pattern.DOTALL).matcher(json);
    return tokens.replaceAll(
        token -> {
          String text = token.group();
          return Matcher.quoteReplacement(text.length() > 1 ? text : " " + text + "\n  ");
        });
  }

  @Property
  void aRecordSurvivesEveryWrapping(@ForAll("logged") Logged logged) {
    Harvest harvest = Harvest.ofMessage(logged.message());
    assertThat(harvest.records()).containsExactly(logged.record());
    assertThat(harvest.refused()).isEmpty();
  }

  /** How the messages of a stream are cut up on their way. */
  enum Cut {
    DOCUMENT,
    MEMBER,
    USER_RECORD
  }

  @Property(tries = 500)
  void recordsSurviveEverySplit(
      @ForAll @Size(max = 12) List<@net.jqwik.api.From("logged") Logged> all,
      @ForAll @Size(max = 12) List<Cut> cuts,
      @ForAll boolean compressed) {
    List<byte[]> userRecords = new ArrayList<>();
    ByteArrayOutputStream userRecord = new ByteArrayOutputStream();
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    for (int i = 0; i < all.size(); i++) {
      Cut cut = i < cuts.size() ? cuts.get(i) : Cut.DOCUMENT;
      if (cut != Cut.DOCUMENT) {
        end(member, userRecord, compressed);
      }
      if (cut == Cut.USER_RECORD) {
        end(userRecord, userRecords);
      }
      member.writeBytes(Payload.of("nothing", all.get(i).message()).bytes());
    }
    end(member, userRecord, compressed);
    end(userRecord, userRecords);
    List<String> found = new ArrayList<>();
    for (byte[] each : userRecords) {
      Harvest harvest = Harvest.ofPayload(each);
      assertThat(harvest.refused()).isEmpty();
      found.addAll(harvest.records());
    }
    List<String> expected = all.stream().map(Logged::record).toList();
    assertThat(found).isEqualTo(expected);
    if (!userRecords.isEmpty()) {
      Harvest aggregated = Harvest.ofPayload(Aggregates.of(userRecords.toArray(byte[][]::new)));
      assertThat(aggregated.records()).isEqualTo(expected);
      assertThat(aggregated.payloads()).isEqualTo(userRecords.size());
      assertThat(aggregated.events()).isEqualTo(2L * all.size());
    }
  }

  private static void end(
      ByteArrayOutputStream member, ByteArrayOutputStream to, boolean compressed) {
    if (member.size() > 0) {
      to.writeBytes(compressed ? Gzip.member(member.toByteArray()) : member.toByteArray());
      member.reset();
    }
  }

  private static void end(ByteArrayOutputStream userRecord, List<byte[]> to) {
    if (userRecord.size() > 0) {
      to.add(userRecord.toByteArray());
      userRecord.reset();
    }
  }

  /** What may follow a marker that holds no marker itself, and whether one thing is in it. */
  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.oneOf(
        records(),
        Arbitraries.of(
            "",
            "!",
            "{",
            "}",
            "{\"a\":",
            "{}",
            "{\"a\" 1}",
            "[1]",
            "[{}]",
            "(x)",
            "{\\\"a\\\":1",
            "{\\\"a\\\":1}",
            "{\\\\\"a\\\\\":1}",
            "{\"a\":\"\\ud83d\"}",
            "\"",
            "null",
            "{\\\\\\\"",
            "7",
            "[{\"a\":1}"),
        Arbitraries.strings()
            .withChars("{}[]:,\"\\ue0d8 1-x")
            .ofMaxLength(12)
            .filter(text -> !text.contains("[")));
  }

  /**
   * Each marker is counted once where it can be: no piece holds an array of none or of several, and
   * no string swallows the next marker, since the raw line break before it ends every string.
   */
  @Property(tries = 5_000)
  void everyMarkerFoundIsOneRecordOrOneRefusal(
      @ForAll @Size(max = 10) List<@net.jqwik.api.From("pieces") String> pieces) {
    StringBuilder message = new StringBuilder("start ");
    for (String piece : pieces) {
      message.append("meter_record_for_cw ").append(piece).append(" \n ");
    }
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> checkCounts(message.toString()));
  }

  private static void checkCounts(String message) {
    Harvest harvest = Harvest.ofMessage(message);
    long markers = MARKER.matcher(message).results().count();
    // Only the end of the text can keep markers after a record from being looked at.
    long swallowed =
        harvest.refused().stream()
            .filter(e -> e.reason() == io.meterline.core.Reason.TRUNCATED)
            .count();
    long found = (long) harvest.records().size() + harvest.refused().size();
    if (swallowed == 0) {
      assertThat(found).as(message).isEqualTo(markers);
    } else {
      assertThat(found).as(message).isBetween(1L, markers);
    }
  }
}
