package io.meterline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Quarantined;
import io.meterline.core.RecordBuffer;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Harvest;
import io.meterline.core.find.Markers;
import io.meterline.core.find.RecordCollector;
import io.meterline.samples.Bytes;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of a document while it is read is what is taken out of it afterwards. */
final class AheadTest {
  private static final String RECORD = Lines.record("u-1");

  private static String event(String id, String time, String message) {
    return "{\"id\":%s,\"timestamp\":%s,\"message\":%s}".formatted(id, time, message);
  }

  private static String event(int number, String message) {
    return event("\"%d\"".formatted(number), "178289640%04d".formatted(number), message);
  }

  private static String document(String events) {
    return "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":["
        + events
        + "]}";
  }

  private record Reading(Harvest harvest, long newest) {}

  private static Reading read(PayloadReader reader, byte[] payload) {
    List<Quarantined> refused = new ArrayList<>();
    RecordCollector out = new RecordCollector(refused::add);
    reader.read(payload, 0, payload.length, "1", out);
    return new Reading(Harvest.of(out, refused), out.newestTimestamp());
  }

  private static PayloadReader reader() {
    return new PayloadReader(new Extractor(Markers.DEFAULT, Limits.DEFAULT), Limits.DEFAULT);
  }

  /** A reader that knows how such records are written agrees with one that does not. */
  private static Reading checkAlike(String document) {
    byte[] payload = Bytes.utf8(document);
    try (PayloadReader warm = reader();
        PayloadReader fresh = reader()) {
      byte[] others =
          Payload.of(
                  Lines.node(RECORD),
                  Lines.bare(RECORD),
                  Lines.lambdaJson(RECORD),
                  Lines.node(SHORT))
              .bytes();
      read(warm, others);
      read(warm, others);
      Reading expected = read(fresh, payload);
      Reading alike = read(warm, payload);
      assertAlike(alike, expected, document);
      assertThat(read(warm, payload).harvest().records())
          .as("once more: " + document)
          .isEqualTo(expected.harvest().records());
      return alike;
    }
  }

  /** A record that brings neither time nor id. */
  private static final String SHORT =
      "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";

  @Test
  void whatIsAddedToARecordIsOfItsOwnEventAndDocument() {
    String marked = JsonStrings.quoted(Lines.node(SHORT));
    String two = JsonStrings.quoted(Lines.node(SHORT) + " " + Lines.node(SHORT));
    String events = event(1, marked) + "," + event(2, marked) + "," + event(3, two);
    Reading known = checkShort(document(events));
    assertThat(known.harvest().records()).hasSize(4).doesNotHaveDuplicates();
    checkShort(document(event("\"\"", "5", marked) + "," + event("\"1\"", "0", marked)));
    checkShort(document(event("\"1\"", "5,\"id\":\"2\"", marked)));
    for (String later :
        List.of("\"id\":\"9\"", "\"timestamp\":9", "\"id\":null", "\"timestamp\":\"x\"")) {
      checkShort(document(event(1, marked + "," + later) + "," + event(2, marked)));
    }
    for (String later :
        List.of(
            "\"owner\":\"2\"", "\"logGroup\":\"h\"", "\"logStream\":null", "\"logStream\":\"t\"")) {
      Reading other = checkShort(document(events).replace("]}", "]," + later + "}"));
      assertThat(other.harvest().records()).hasSize(4);
    }
    String behind =
        document(events).replace("\"owner\":\"1\",", "").replace("]}", "],\"owner\":\"1\"}");
    assertThat(checkShort(behind)).isEqualTo(known);
  }

  private static Reading assertAlike(Reading alike, Reading expected, String document) {
    assertThat(alike.harvest().records()).as(document).isEqualTo(expected.harvest().records());
    assertThat(alike.harvest().details()).as(document).isEqualTo(expected.harvest().details());
    assertThat(alike.newest()).as(document).isEqualTo(expected.newest());
    return alike;
  }

  /** As {@link #checkAlike}, by a reader that knows such short records. */
  private static Reading checkShort(String document) {
    byte[] payload = Bytes.utf8(document);
    byte[] others = Payload.of(Lines.node(SHORT), Lines.node(SHORT)).bytes();
    try (PayloadReader warm = reader();
        PayloadReader fresh = reader()) {
      read(warm, others);
      return assertAlike(read(warm, payload), read(fresh, payload), document);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"meter_record_for_stream %s\"",
        "\"%s\"",
        "\"meter_record_for_stream %s and meter_record_for_cw %s\"",
        "\"meter_record_for_stream_v2 %s meter_record_for_stream %s\"",
        "\"\\u00e9 meter_record_for_stream %s\"",
        "\"meter_record_for_stream %s \\u00e9 meter_record_for_stream %s\"",
        "\"\\u006deter_record_for_stream %s meter_record_for_stream %s\"",
        "\"\\nmeter_record_for_stream %s\"",
        "\"\\\\meter_record_for_stream %s\"",
        "\"meter_record_for_stream\\n%s\"",
        "\"meter_record_for_stream => \\\"%s\"",
        "\"meter_record_for_stream\"",
        "\"meter_record_for_stream\" %s\"",
        "\"meter_record_for_stream\":%s\"",
        "\"meter_record_for_stream\\-%s\"",
        "\"meter_record_for_stream \\%s\"",
        "\"meter_record_for_stream \\\\%s\"",
        "\"meter_record_for_stream\",\"x\":%s\"",
        "\"meter_record_for_stream %s",
        "\"meter_record_for_stream %s\\q\"",
        "\"meter_record_for_stream %s\",\"message\":\"meter_record_for_stream %s\"",
        "\"meter_record_for_stream %s\",\"message\":\"nothing\"",
        "\"meter_record_for_stream %s\",\"message\":null",
        "\"meter_record_for_stream %s\",\"message\":\"\"",
        "\"meter_record_for_stream %s\",\"timestamp\":\"x\"",
        "\"meter_record_for_stream %s\",\"timestamp\":7",
        "\"meter_record_for_stream %s\",\"id\":\"\\u0031\"",
        "\"meter_record_for_stream %s\",\"extractedFields\":{\"a\":\"meter_record_for_stream\"}",
        "\"meter_record_for_stream %s\",\"x\"",
        "\"\"",
        "null",
        "{\"a\":\"meter_record_for_stream %s\"}"
      })
  void aMessageOfAnyKindIsReadAsByAFreshReader(String message) {
    String filled = message.replace("%s", JsonStrings.escaped(RECORD));
    String usual = event(1, JsonStrings.quoted(Lines.node(RECORD)));
    checkAlike(document(event(2, filled)));
    checkAlike(document(usual + "," + event(2, filled) + "," + usual));
    checkAlike(document(event("7", "-5", filled) + "," + event("null", "\"x\"", filled)));
    checkAlike(document(event("\"7\"", "05", filled)) + document(usual));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "member", "short"})
  void eachRecordOfAUsualDocumentIsTakenInTheOnePassThatFindsItsEvents(String form) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String record = form.equals("short") ? SHORT : Lines.record("u-" + i);
      messages.add("handled GET /v1/orders in %d ms".formatted(i));
      messages.add(
          switch (form) {
            case "text", "short" -> Lines.node(record) + "\n";
            case "json" -> Lines.lambdaJson(record);
            default -> Lines.asMember(record);
          });
    }
    messages.add("the last bytes of an array are not read by words");
    byte[] payload = Payload.of(messages).bytes();
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
    try (PayloadReader reader = new PayloadReader(extractor, Limits.DEFAULT)) {
      assertThat(read(reader, payload).harvest().records()).hasSize(50);
      assertThat(extractor.ahead().count()).as("before any record was read").isZero();
      assertThat(read(reader, payload).harvest().records()).hasSize(50);
      assertThat(extractor.ahead().count()).as("once one is known").isEqualTo(50);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"x", "{", "]", "{\"logEvents\":[],}", "{\"messageType\":1}"})
  void whatFollowsADocumentTakesNothingFromIt(String next) {
    String usual = document(event(1, JsonStrings.quoted(Lines.node(RECORD))));
    checkAlike(usual + next);
    try (PayloadReader reader = reader()) {
      List<Quarantined> refused = new ArrayList<>();
      RecordCollector out = new RecordCollector(refused::add);
      for (String payload : new String[] {usual, usual, next, usual}) {
        byte[] bytes = Bytes.utf8(payload);
        reader.read(bytes, 0, bytes.length, "1", out);
      }
      assertThat(out.records().count()).isEqualTo(3);
      assertThat(refused).hasSize(1);
    }
  }

  @Test
  void aBatchEndsWhereItDoesForAFreshReader() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      messages.add(Lines.node(Lines.record("u-" + "0".repeat(i % 7) + i)));
    }
    byte[] payload = Payload.of(messages).bytes();
    for (int fullBytes = 1; fullBytes < 3000; fullBytes += 97) {
      try (PayloadReader warm = reader();
          PayloadReader fresh = reader()) {
        read(warm, payload);
        assertThat(cuts(warm, payload, fullBytes))
            .as("%d bytes", fullBytes)
            .isEqualTo(cuts(fresh, payload, fullBytes));
      }
    }
  }

  private static List<List<String>> cuts(PayloadReader reader, byte[] payload, int fullBytes) {
    List<List<String>> cuts = new ArrayList<>();
    RecordBuffer records = new RecordBuffer();
    AtomicReference<RecordCollector> extraction = new AtomicReference<>();
    Runnable full =
        () -> {
          RecordCollector out = extraction.get();
          cuts.add(Harvest.of(out, List.of()).records());
          out.clearRecords();
        };
    extraction.set(new RecordCollector(refused -> {}, records, fullBytes, full));
    reader.read(payload, 0, payload.length, "1", extraction.get());
    full.run();
    return cuts;
  }

  @Test
  void nothingOfADocumentThatIsBrokenBehindItsRecordsComesOut() {
    String usual = event(1, JsonStrings.quoted(Lines.node(RECORD)));
    Reading reading = checkAlike(document(usual + "," + usual).replace("]}", "],}"));
    assertThat(reading.harvest().records()).isEmpty();
    assertThat(reading.harvest().refused()).hasSize(1);
  }

  @Test
  void theNewestTimeIsThatOfAnEventWithARecord() {
    String marked = JsonStrings.quoted(Lines.node(RECORD));
    Reading reading =
        checkAlike(document(event(3, marked) + "," + event(2, marked) + "," + event(9, "\"x\"")));
    assertThat(reading.newest()).isEqualTo(1_782_896_400_003L);
  }

  @Test
  void moreThanIsHeldAheadComesOutAsWell() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      messages.add(Lines.node(Lines.record("u-" + i)));
    }
    byte[] payload = Payload.of(messages).bytes();
    try (PayloadReader warm = reader()) {
      read(warm, payload);
      Harvest harvest = read(warm, payload).harvest();
      assertThat(harvest.records()).hasSize(12_000).last().asString().contains("u-11999");
    }
  }

  @Property(tries = 3_000)
  void documentsOfAllKindsOfLinesAreReadAsByAFreshReader(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> events = new ArrayList<>();
    int count = random.nextInt(1, 8);
    for (int i = 0; i < count; i++) {
      events.add(event(i, JsonStrings.quoted(line(random))));
    }
    checkAlike(document(String.join(",", events)));
  }

  private static String line(SplittableRandom random) {
    String record =
        switch (random.nextInt(8)) {
          case 0, 1 -> RECORD.replace("1", "\u00e9");
          case 2, 3 -> SHORT;
          default -> RECORD;
        };
    return switch (random.nextInt(7)) {
      case 0 -> "handled GET /v1/orders in 12 ms";
      case 1 -> Lines.bare(record);
      case 2 -> Lines.lambdaJson(record);
      case 3 -> "x".repeat(random.nextInt(400)) + Lines.node(record);
      case 4 -> Lines.node(record) + "x".repeat(random.nextInt(400)) + Lines.bare(record);
      case 5 -> "\u001b[1m" + Lines.python(record);
      default -> Lines.node(record);
    };
  }
}
