package io.meterline.core.event;

import static io.meterline.samples.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.find.Harvest;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** §1.4: an event gives the same records whatever the events around it hold. */
final class PayloadEventsTest {
  private static final String MARKER = "meter_record_for_stream";

  @Property(tries = 3_000)
  void eventsOfADocumentGiveWhatEachGivesByItself(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> events = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      events.add(event(random, i));
    }
    List<String> records = new ArrayList<>();
    List<String> details = new ArrayList<>();
    for (String event : events) {
      Harvest alone = Harvest.ofPayload(document(event));
      records.addAll(alone.records());
      details.addAll(alone.details());
    }
    Harvest together = Harvest.ofPayload(document(String.join(",", events)));
    assertThat(together.records()).isEqualTo(records);
    assertThat(together.details()).isEqualTo(details);
  }

  private static String event(SplittableRandom random, int number) {
    String record = Lines.record("u" + number);
    String message =
        switch (random.nextInt(9)) {
          case 0 -> JsonStrings.quoted("nothing here");
          case 1 -> JsonStrings.quoted(MARKER);
          case 2 -> JsonStrings.quoted(MARKER + " " + record);
          case 3 -> JsonStrings.quoted("\n" + MARKER + "\n" + record + "\t" + MARKER + record);
          case 4 -> "\"" + JsonStrings.unicodeEscaped(MARKER + " " + record) + "\"";
          case 5 -> JsonStrings.quoted(MARKER + "s " + record);
          case 6 -> JsonStrings.quoted("ends in " + MARKER.substring(0, random.nextInt(23)));
          case 7 -> "{\"a\":" + JsonStrings.quoted(MARKER + " " + record) + "}";
          default -> "\"\"";
        };
    String id = random.nextInt(5) == 0 ? MARKER + " {}" : Integer.toString(number);
    String member = random.nextInt(5) == 0 ? "" : ",\"message\":" + message;
    return "{\"id\":%s,\"timestamp\":%d%s}".formatted(JsonStrings.quoted(id), 5 + number, member);
  }

  private static byte[] document(String events) {
    return utf8(
        "{\"logGroup\":\"%s {}\",\"logEvents\":[%s],\"owner\":\"%s\"}"
            .formatted(MARKER, events, MARKER));
  }
}
