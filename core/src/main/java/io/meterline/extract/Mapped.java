package io.meterline.extract;

import static io.meterline.Reason.TRUNCATED;
import static io.meterline.Reason.UNMAPPED;

import io.meterline.Quarantined.BadRecord;
import io.meterline.json.JsonCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records that rules make: each is checked, completed or refused as one that stands
 * behind a marker.
 */
final class Mapped implements MappedRecords {
  /** Up to here every quarantine entry of a message holds all of it, in bytes. */
  private static final int LONG_MESSAGE = 64 * 1024;

  private static final int EXCERPT = 256;

  private final Mapper mapper;
  private final RecordRules rules;
  private final RecordWriter writer;
  private final ScannedRecord record = new ScannedRecord();
  private final JsonCursor cursor = JsonCursor.strict();
  private LogEvent event = new LogEvent();
  private Extraction out = new Extraction(refused -> {});
  private boolean whole;
  private int refusedHere;

  Mapped(Mapper mapper, RecordRules rules, RecordWriter writer) {
    this.mapper = mapper;
    this.rules = rules;
    this.writer = writer;
  }

  /**
   * Adds to {@code extraction} what the rules make of the event.
   *
   * @param isWhole false where more of it may come: then nothing that is made of it counts yet
   */
  void map(LogEvent logEvent, boolean isWhole, Extraction extraction) {
    event = logEvent;
    out = extraction;
    whole = isWhole;
    refusedHere = 0;
    mapper.map(logEvent, this);
  }

  @Override
  public void record(RulePlace place, byte[] json, int from, int to) {
    if (!whole) {
      refuse(place, new Refusal(TRUNCATED, "the line does not end yet; it is read again then"));
      return;
    }
    cursor.reset(json, from, to);
    if (!record.scan(cursor)) {
      refuse(place, new Refusal(UNMAPPED, "not a record: " + cursor.why()));
      return;
    }
    Refusal refusal = rules.check(record, event);
    if (refusal != null) {
      refuse(place, refusal);
      return;
    }
    writer.write(record, event, place.position(), out.records());
    out.wroteRecord(event.isTimed() ? event.timestamp() : RecordRules.time(record, event));
  }

  @Override
  public void unmapped(RulePlace place, String why) {
    refuse(
        place,
        whole
            ? new Refusal(UNMAPPED, why)
            : new Refusal(TRUNCATED, "the line does not end yet; it is read again then"));
  }

  private void refuse(RulePlace place, Refusal refusal) {
    @Nullable Long timestamp = event.isTimed() ? event.timestamp() : null;
    out.refuse(
        new BadRecord(
            refusal.reason(),
            "rule '%s': %s".formatted(place.rule(), refusal.detail()),
            event.origin(),
            event.id(),
            timestamp,
            messageOfEntry()));
  }

  /** All of the message; of a long one only in the first entry of its event. */
  private byte[] messageOfEntry() {
    byte[] message = event.message();
    boolean all = refusedHere++ == 0 || message.length <= LONG_MESSAGE;
    return all ? message : Arrays.copyOf(message, EXCERPT);
  }
}
