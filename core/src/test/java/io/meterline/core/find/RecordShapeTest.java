package io.meterline.core.find;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.RecordBuffer;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonTexts;
import io.meterline.core.record.LogEvent;
import io.meterline.core.record.ScannedRecord;
import io.meterline.samples.Bytes;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record read by a template is the record that is read without one. */
final class RecordShapeTest {
  private static final String RECORD =
      "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":1782896400062,\"meterValue\":1.5,\"uniqueId\":\"u\",\"dimensions\":{\"method\":\"GET\"},\"more\":true}";

  private static RecordShape template(String record) {
    return requireNonNull(templateOf(record, 0));
  }

  private static @Nullable RecordShape templateOf(String record, int layers) {
    byte[] bytes = Bytes.utf8(record);
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    ScannedRecord scanned = new ScannedRecord();
    assertThat(scanned.scan(cursor)).isTrue();
    return ShapeLearner.of(scanned, layers);
  }

  /** What the template of {@code like} makes of {@code record}; null where that does not fit. */
  private static @Nullable String read(String like, String record, int layers) {
    RecordShape template = requireNonNull(templateOf(like, layers));
    byte[] text = Bytes.utf8(JsonStrings.nested(record, layers) + " ".repeat(40));
    RecordBuffer out = new RecordBuffer();
    int end = template.read(text, 0, text.length, 1000, out);
    if (end == RecordShape.OTHER) {
      return null;
    }
    assertThat(end).isEqualTo(text.length - 40);
    out.write('}');
    out.end();
    return Bytes.text(Arrays.copyOfRange(out.bytes(), out.from(0), out.to(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aRecordThatIsWrittenAlikeFitsHoweverDeepItStands(int layers) {
    String next =
        RECORD
            .replace("\"m\"", "\"another meter\"")
            .replace("\"u\"", "\"8f5a1c2e-4b6d-4e8f-9a0b-1c2d3e4f5a6b\"")
            .replace("1.5", "20")
            .replace("GET", "");
    assertThat(read(RECORD, next, layers)).isEqualTo(next);
  }

  @Test
  void whiteSpaceBetweenTokensIsLeftOut() {
    String spaced = RECORD.replace(":", ": ").replace(",", ", ");
    assertThat(read(spaced, spaced, 1)).isEqualTo(RECORD);
    assertThat(read(spaced, RECORD, 1)).isNull();
    assertThat(read(RECORD, spaced, 1)).isNull();
  }

  @ParameterizedTest(name = "{1} in place of {0}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"m\",\"\"",
        "\"m\",\" \"",
        "\"m\",\" m\"",
        "\"c\",\"\"",
        "\"u\",\"\"",
        "\"u\",null",
        "\"u\",\"é\"",
        "\"u\",\"\\n\"",
        "\"u\",7",
        "1782896400062,0",
        "1782896400062,01",
        "1782896400062,-1",
        "1782896400062,1e3",
        "1782896400062,1.5",
        "1782896400062,123456789012345",
        "1.5,-1",
        "1.5,01",
        "1.5,1.",
        "1.5,.5",
        "1.5,1e400",
        "1.5,1E3",
        "1.5,null",
        "\"GET\",200",
        "\"GET\",null",
        "true,false",
        "\"method\",\"methods\"",
        "\"more\":true,`\"more\": true`",
      })
  void whatARuleMayHaveAWordOnIsLeftToTheGeneralReader(String value, String other) {
    assertThat(read(RECORD, RECORD.replace(value, other), 1)).isNull();
    assertThat(read(RECORD, RECORD, 1)).isEqualTo(RECORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"uniqueId\":\"\"}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"uniqueId\":null}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"dimensions\":{\"status\":200}}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"dimensions\":{\"status\":null}}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"more\":[1]}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"more\":{}}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"m\\u00e9\":1}",
        "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,\"é\":1}",
        "{\"meterApiName\":\"m\",\n\"customerId\":\"c\",\"meterValue\":1}"
      })
  void whatDoesNotGoOutAsItStandsMakesNoTemplate(String record) {
    assertThat(templateOf(record, 1)).isNull();
  }

  @Test
  void aRecordAboveTheLimitDoesNotFit() {
    RecordShape template = template(RECORD);
    byte[] text = Bytes.utf8(RECORD + " ".repeat(40));
    RecordBuffer out = new RecordBuffer();
    assertThat(template.read(text, 0, text.length, RECORD.length() - 1, out))
        .isEqualTo(RecordShape.OTHER);
    assertThat(template.read(text, 0, text.length, RECORD.length(), out))
        .isEqualTo(RECORD.length());
  }

  @Test
  void aRecordThatGoesOnBehindTheEndOfTheTextDoesNotFit() {
    RecordShape template = template(RECORD);
    byte[] text = Bytes.utf8(RECORD + " ".repeat(40));
    for (int to = 0; to < RECORD.length(); to++) {
      assertThat(template.read(text, 0, to, 1000, new RecordBuffer())).isEqualTo(RecordShape.OTHER);
    }
  }

  @Test
  void theOwnTimeOfARecordIsTold() {
    RecordShape template = template(RECORD);
    byte[] text = Bytes.utf8(RECORD.replace("1782896400062", "99") + " ".repeat(40));
    assertThat(template.read(text, 0, text.length, 1000, new RecordBuffer())).isPositive();
    assertThat(template.time()).isEqualTo(99);
  }

  /** The reader that has read {@code first} gives of {@code next} what a fresh reader gives. */
  private static void checkAlike(List<String> first, String next, boolean escaped) {
    Extractor warm = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
    for (int i = 0; i < 2; i++) {
      first.forEach(message -> harvest(warm, message, escaped));
    }
    Harvest fresh = harvest(new Extractor(Markers.DEFAULT, Limits.DEFAULT), next, escaped);
    Harvest alike = harvest(warm, next, escaped);
    assertThat(alike.records()).as(next).isEqualTo(fresh.records());
    assertThat(alike.details()).as(next).isEqualTo(fresh.details());
  }

  private static Harvest harvest(Extractor extractor, String message, boolean escaped) {
    Findings out = new Findings();
    byte[] text = Bytes.utf8(escaped ? JsonStrings.escaped(message) + "\"}" : message);
    LogEvent event = new LogEvent().from(Harvest.ORIGIN);
    if (escaped) {
      event.escapedMessage(text, 0, text.length - 2, Bytes.text(text).contains("\\u"));
    } else {
      event.plainMessage(text, 0, text.length);
    }
    byte[] id = Bytes.utf8(Payload.eventId(0));
    event.id(id, 0, id.length).timestamp(Harvest.TIME);
    InMemory.read(() -> extractor.extract(event, out));
    return Harvest.of(out);
  }

  private static String message(String record, int form) {
    return switch (form) {
      case 0 -> Lines.bare(record);
      case 1 -> Lines.node(record) + "\n";
      case 2 -> Lines.lambdaJson(record);
      case 3 -> Lines.asMember(record);
      default -> "meter_record_for_cw: " + record + Lines.python(record);
    };
  }

  @Property(tries = 20_000)
  void aRecordThatIsNearlyWrittenAlikeIsReadAsByAFreshReader(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    JsonTexts texts = new JsonTexts(seed);
    String record = random.nextBoolean() ? texts.record() : RECORD;
    String next =
        switch (random.nextInt(3)) {
          case 0 -> record;
          case 1 -> texts.faulty(record);
          default -> replaced(record, random);
        };
    int form = random.nextInt(5);
    checkAlike(List.of(message(record, form)), message(next, form), random.nextBoolean());
  }

  /** The record with one byte that is another. */
  private static String replaced(String record, SplittableRandom random) {
    int at = random.nextInt(record.length());
    char other = "0 9-.eE\"\\{}[],:n\u0001\u007fé".charAt(random.nextInt(19));
    return record.substring(0, at) + other + record.substring(at + 1);
  }

  @Test
  void whatCompletionNeedsMustBeThere() throws IOException {
    String incomplete = "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}";
    Extractor extractor = new Extractor(Markers.DEFAULT, Limits.DEFAULT);
    for (int i = 0; i < 3; i++) {
      assertThat(harvest(extractor, Lines.bare(incomplete), true).records()).hasSize(1);
      Findings out = new Findings();
      byte[] text = Bytes.utf8(JsonStrings.escaped(Lines.bare(incomplete)) + "        ");
      extractor.extract(
          new LogEvent().from(Harvest.ORIGIN).escapedMessage(text, 0, text.length, false), out);
      assertThat(out.records().count()).isZero();
      assertThat(out.entries())
          .singleElement()
          .matches(r -> r.reason().word().equals("missing-field"));
    }
  }

  @Test
  void manyWaysOfWritingAreReadRight() {
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      shapes.add(Lines.bare(RECORD.replace("\"more\"", "\"more" + i + "\"")));
    }
    for (String next : shapes) {
      checkAlike(shapes, next, true);
    }
  }
}
