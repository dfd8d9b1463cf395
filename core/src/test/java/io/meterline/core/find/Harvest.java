package io.meterline.core.find;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Quarantined;
import io.meterline.core.Quarantined.BadPayload;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.RecordBuffer;
import io.meterline.core.event.PayloadReader;
import io.meterline.core.record.LogEvent;
import io.meterline.samples.Bytes;
import io.meterline.samples.Payload;
import java.util.ArrayList;
import java.util.List;

/** All that came of an input, for a test to look at. */
public record Harvest(
    List<String> records, List<Quarantined> refused, long payloads, long events, long control) {
  /** Where the log event is that {@link #ofMessage} makes. */
  public static final Origin ORIGIN =
      new Origin(Payload.OWNER, Payload.LOG_GROUP, Payload.LOG_STREAM);

  public static final String EVENT_ID = Payload.eventId(0);
  public static final long TIME = Payload.FIRST_TIME;

  /** What is in a log event's message, as the event shows it when it is read from lines. */
  public static Harvest ofMessage(String message) {
    return ofMessage(Bytes.utf8(message), Limits.DEFAULT);
  }

  public static Harvest ofMessage(byte[] message, Limits limits) {
    byte[] id = Bytes.utf8(EVENT_ID);
    LogEvent event = new LogEvent().from(ORIGIN).plainMessage(message, 0, message.length);
    return ofEvent(event.id(id, 0, id.length).timestamp(TIME), Markers.DEFAULT, limits);
  }

  public static Harvest ofEvent(LogEvent event, Markers markers, Limits limits) {
    Findings out = new Findings();
    InMemory.read(() -> new Extractor(markers, limits).extract(event, out));
    return of(out);
  }

  public static Harvest ofPayload(byte[] payload) {
    return ofPayload(payload, Limits.DEFAULT);
  }

  public static Harvest ofPayload(byte[] payload, Limits limits) {
    return ofPayload(payload, Markers.DEFAULT, limits);
  }

  public static Harvest ofPayload(byte[] payload, Markers markers, Limits limits) {
    Findings out = new Findings();
    try (PayloadReader reader = new PayloadReader(new Extractor(markers, limits), limits)) {
      InMemory.read(() -> reader.read(payload, 0, payload.length, "49640", out));
    }
    return of(out);
  }

  public static Harvest of(Findings out) {
    return new Harvest(
        texts(out.records()), out.entries(), out.payloads(), out.events(), out.controlMessages());
  }

  private static List<String> texts(RecordBuffer records) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < records.count(); i++) {
      int from = records.from(i);
      texts.add(Bytes.text(java.util.Arrays.copyOfRange(records.bytes(), from, records.to(i))));
    }
    return texts;
  }

  /** The reasons' words, in the order in which the entries came. */
  public List<String> reasons() {
    return refused.stream().map(entry -> entry.reason().word()).toList();
  }

  public List<String> details() {
    return refused.stream().map(Quarantined::detail).toList();
  }

  /** The bytes of each payload that was refused. */
  public List<byte[]> payloadBytes() {
    return refused.stream().map(entry -> ((BadPayload) entry).payload()).toList();
  }

  /** The message that each refused record is in. */
  public List<String> messages() {
    return refused.stream().map(entry -> Bytes.text(((BadRecord) entry).message())).toList();
  }
}
