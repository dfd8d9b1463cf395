package io.meterline.core.event;

import static io.meterline.samples.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.find.Harvest;
import io.meterline.core.find.Markers;
import io.meterline.core.record.LogEvent;
import io.meterline.samples.JsonStrings;
import io.meterline.samples.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** §1.4: an event of a document gives the records that its message gives by itself. */
final class PayloadEventsTest {
  private static final String MARKER = "meter_record_for_stream";
  private static final String LOG_GROUP = MARKER + " {}";
  private static final Origin ORIGIN = new Origin(MARKER, LOG_GROUP, "");

  /** A message as it was logged and as it is in the document; null where the event has none. */
  private record Message(@Nullable String text, String json) {
    static Message of(String text) {
      return new Message(text, JsonStrings.quoted(text));
    }
  }

  @Property(tries = 3_000)
  void eventsOfADocumentGiveWhatTheirMessagesGive(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> events = new ArrayList<>();
    List<String> records = new ArrayList<>();
    List<String> details = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(8); i++) {
      Message message = message(random, Lines.record("u" + i));
      String id = random.nextInt(5) == 0 ? LOG_GROUP : Integer.toString(i);
      String member = message.text() == null ? "" : ",\"message\":" + message.json();
      events.add("{\"id\":%s,\"timestamp\":%d%s}".formatted(JsonStrings.quoted(id), i, member));
      if (message.text() != null) {
        Harvest expected = extracted(message.text(), id, i);
        records.addAll(expected.records());
        details.addAll(expected.details());
      }
    }
    String document =
        "{\"logGroup\":\"%s\",\"logEvents\":[%s],\"owner\":\"%s\"}"
            .formatted(LOG_GROUP, String.join(",", events), MARKER);
    Harvest found = Harvest.ofPayload(utf8(document));
    assertThat(found.records()).isEqualTo(records);
    assertThat(found.details()).isEqualTo(details);
  }

  private static Harvest extracted(String text, String id, long time) {
    byte[] bytes = utf8(text);
    byte[] idBytes = utf8(id);
    LogEvent event =
        new LogEvent()
            .from(ORIGIN)
            .plainMessage(bytes, 0, bytes.length)
            .id(idBytes, 0, idBytes.length)
            .timestamp(time);
    return Harvest.ofEvent(event, Markers.DEFAULT, Limits.DEFAULT);
  }

  private static Message message(SplittableRandom random, String record) {
    return switch (random.nextInt(10)) {
      case 0 -> Message.of("nothing here");
      case 1 -> Message.of(MARKER);
      case 2 -> Message.of(MARKER + " " + record);
      case 3 -> Message.of("\n" + MARKER + "\n" + record + "\t" + MARKER + record);
      case 4 ->
          new Message(
              MARKER + " " + record, '"' + JsonStrings.unicodeEscaped(MARKER + " " + record) + '"');
      case 5 -> Message.of(MARKER + "s " + record);
      case 6 -> Message.of("ends in " + MARKER.substring(0, random.nextInt(23)));
      case 7 -> {
        String json = "{\"a\":" + JsonStrings.quoted(MARKER + " " + record) + "}";
        yield new Message(json, json);
      }
      case 8 -> new Message(null, "");
      default -> Message.of("");
    };
  }
}
