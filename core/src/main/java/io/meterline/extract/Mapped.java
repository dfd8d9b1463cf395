package io.meterline.extract;

import static io.meterline.Reason.TRUNCATED;
import static io.meterline.Reason.UNMAPPED;

import io.meterline.json.JsonCursor;

/**
 * Takes the records that rules make: each is checked, completed or refused as one that stands
 * behind a marker.
 */
final class Mapped implements MappedRecords {
  private final Mapper mapper;
  private final RecordRules rules;
  private final RecordWriter writer;
  private final ScannedRecord record = new ScannedRecord();
  private final JsonCursor cursor = JsonCursor.strict();
  private final Refusals refusals = new Refusals();
  private LogEvent event = new LogEvent();
  private Extraction out = new Extraction(refused -> {});
  private boolean whole;

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
    refusals.of(logEvent, extraction);
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
    String detail = "rule '%s': %s".formatted(place.rule(), refusal.detail());
    byte[] message = event.message();
    refusals.add(new Refusal(refusal.reason(), detail), message, 0, message.length);
  }
}
