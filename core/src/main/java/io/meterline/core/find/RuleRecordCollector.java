package io.meterline.core.find;

import static io.meterline.core.Reason.TOO_LARGE;
import static io.meterline.core.Reason.TRUNCATED;
import static io.meterline.core.Reason.UNMAPPED;

import io.meterline.core.json.JsonCursor;
import io.meterline.core.record.LogEvent;
import io.meterline.core.record.RecordRules;
import io.meterline.core.record.RecordWriter;
import io.meterline.core.record.Refusal;
import io.meterline.core.record.ScannedRecord;
import io.meterline.core.rule.Mapper;
import io.meterline.core.rule.RuleOutput;
import io.meterline.core.rule.RulePlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records that rules make: each is checked, completed or refused as one that is after a
 * marker. What one rule makes of one event stays at the end of the records, and is taken back where
 * the rule goes beyond its bounds.
 */
final class RuleRecordCollector implements RuleOutput {
  /** What completion adds to a record at most. */
  private static final int COMPLETION_BYTES = 128;

  /** What an entry has beside its detail and its message, of which most entries hold the start. */
  private static final int ENTRY_BYTES = 512;

  private final Mapper mapper;
  private final RecordRules rules;
  private final RecordWriter writer;
  private final RuleBounds bounds;
  private final ScannedRecord record = new ScannedRecord();
  private final JsonCursor cursor = JsonCursor.strict();
  private final Refusals refusals = new Refusals();
  private final List<Refusal> refused = new ArrayList<>();
  private LogEvent event = new LogEvent();
  private Findings out = new Findings();
  private boolean whole;
  private @Nullable String rule;
  private boolean abandoned;
  private int kept;
  private long newest;

  RuleRecordCollector(Mapper mapper, RecordRules rules, RecordWriter writer, int maxRecordBytes) {
    this.mapper = mapper;
    this.rules = rules;
    this.writer = writer;
    this.bounds = new RuleBounds(maxRecordBytes);
  }

  /**
   * Adds to {@code findings} what the rules make of the event.
   *
   * @param isWhole false where more of it may come: then nothing that is made of it counts yet
   */
  void map(LogEvent logEvent, boolean isWhole, Findings findings) throws IOException {
    event = logEvent;
    out = findings;
    whole = isWhole;
    rule = null;
    refusals.of(logEvent, findings);
    bounds.startEvent(logEvent.messageTo() - logEvent.messageFrom());
    mapper.map(logEvent, this);
    endRule();
    out.drainIfFull();
  }

  @Override
  public boolean record(RulePlace place, byte[] json, int from, int to) {
    start(place);
    if (abandoned) {
      return false;
    }
    if (!whole) {
      return refuse(place, notYet());
    }
    cursor.reset(json, from, to);
    if (!record.scan(cursor)) {
      return refuse(place, new Refusal(UNMAPPED, "not a record: " + cursor.why()));
    }
    Refusal refusal = rules.check(record, event);
    if (refusal != null) {
      return refuse(place, refusal);
    }
    // Before it is written, or thousands of copies would be there before they are too many.
    if (!fits(place, record.minifiedLength() + COMPLETION_BYTES)) {
      return false;
    }
    writer.write(record, event, place.position(), out.records());
    newest =
        Math.max(newest, event.isTimed() ? event.timestamp() : RecordRules.time(record, event));
    return true;
  }

  @Override
  public boolean unmapped(RulePlace place, String why) {
    start(place);
    return !abandoned && refuse(place, whole ? new Refusal(UNMAPPED, why) : notYet());
  }

  @Override
  public void abandon(RulePlace place, String why) {
    start(place);
    if (!abandoned) {
      abandon(place, new Refusal(UNMAPPED, why));
    }
  }

  @Override
  public void endRule() {
    if (rule == null) {
      return;
    }
    byte[] message = event.message();
    refused.forEach(refusal -> refusals.add(refusal, message, 0, message.length));
    refused.clear();
    rule = null;
    bounds.startRule();
    if (out.records().count() > kept) {
      out.wroteRecord(newest);
    }
  }

  private void start(RulePlace place) {
    if (place.rule().equals(rule)) {
      return;
    }
    endRule();
    rule = place.rule();
    abandoned = false;
    kept = out.records().count();
    newest = Long.MIN_VALUE;
  }

  private boolean refuse(RulePlace place, Refusal refusal) {
    if (!fits(place, refusal.detail().length() + ENTRY_BYTES)) {
      return false;
    }
    refused.add(of(place, refusal));
    return true;
  }

  private boolean fits(RulePlace place, int length) {
    String tooMuch = bounds.add(length);
    if (tooMuch != null) {
      abandon(place, new Refusal(TOO_LARGE, tooMuch));
    }
    return tooMuch == null;
  }

  private void abandon(RulePlace place, Refusal refusal) {
    bounds.abandonRule();
    out.records().truncate(kept);
    refused.clear();
    refused.add(of(place, whole ? refusal : notYet()));
    abandoned = true;
  }

  private static Refusal of(RulePlace place, Refusal refusal) {
    return new Refusal(refusal.reason(), "rule '%s': %s".formatted(place.rule(), refusal.detail()));
  }

  private static Refusal notYet() {
    return new Refusal(TRUNCATED, "the line does not end yet; it is read again then");
  }
}
