package io.meterline.core.find;

import static io.meterline.core.Reason.MALFORMED_JSON;
import static io.meterline.core.Reason.NOT_AN_OBJECT;
import static io.meterline.core.Reason.TRUNCATED;

import io.meterline.core.Limits;
import io.meterline.core.find.Continuation.Answer;
import io.meterline.core.json.Escapes;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.json.JsonCursor.Fault;
import io.meterline.core.record.LogEvent;
import io.meterline.core.record.RecordRules;
import io.meterline.core.record.RecordWriter;
import io.meterline.core.record.Refusal;
import io.meterline.core.record.ScannedRecord;
import io.meterline.core.rule.Mapping;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the meter records in a log event's message and takes each out, or refuses it by itself.
 *
 * <p>Not for several threads: it works in buffers of its own.
 */
public final class Extractor {
  /** How much of a nested record is opened at first; four times as much whenever that is short. */
  private static final int FIRST_STRETCH = 1024;

  private final Markers markers;
  private final RecordRules rules;
  private final RecordWriter writer = new RecordWriter();
  private final ScannedRecord record = new ScannedRecord();
  private final JsonCursor cursor = JsonCursor.strict();
  private final NestedText nested = new NestedText();
  private final Escapes escapes = new Escapes();
  private final RecordShapes templates;
  private final Refusals refusals = new Refusals();
  private final @Nullable RuleRecordCollector mapped;
  private byte[] unescaped = {};

  private LogEvent event = new LogEvent();
  private Findings out = new Findings();
  private Continuation continuation = Continuation.NONE;
  private byte[] text = {};
  private int end;
  private int position;
  private int marker;
  private int nextQuote;
  private int layersOff;
  private boolean unfinished;

  public Extractor(Markers markers, Limits limits) {
    this(markers, limits, Mapping.NONE);
  }

  /** As above; records are also what the rules of {@code mapping} make. */
  public Extractor(Markers markers, Limits limits, Mapping mapping) {
    this.markers = markers;
    this.rules = new RecordRules(limits.maxRecordBytes());
    this.templates = new RecordShapes(limits.maxRecordBytes());
    this.mapped =
        mapping.equals(Mapping.NONE)
            ? null
            : new RuleRecordCollector(mapping.mapper(), rules, writer, limits.maxRecordBytes());
  }

  public Markers markers() {
    return markers;
  }

  /** Whether rules are to see every event, marked or not. */
  public boolean hasRules() {
    return mapped != null;
  }

  /** Adds to {@code findings} what is in the event's message. */
  public void extract(LogEvent logEvent, Findings findings) throws IOException {
    extract(logEvent, Continuation.NONE, findings);
  }

  /** As above, where the message may continue after what the event shows of it. */
  public void extract(LogEvent logEvent, Continuation goesOn, Findings findings)
      throws IOException {
    marked(logEvent, goesOn, findings);
    if (mapped != null && !unfinished) {
      mapped.map(logEvent, true, findings);
    }
  }

  /** Adds what is in a message of which more may come: rules are not held to it yet. */
  public void extractUnended(LogEvent logEvent, Findings findings) throws IOException {
    marked(logEvent, Continuation.NONE, findings);
    if (mapped != null) {
      mapped.map(logEvent, false, findings);
    }
  }

  private void marked(LogEvent logEvent, Continuation goesOn, Findings findings)
      throws IOException {
    event = logEvent;
    out = findings;
    continuation = goesOn;
    position = 0;
    unfinished = false;
    refusals.of(event, out);
    layersOff = 0;
    if (event.isEscaped()) {
      searchEscaped();
    } else {
      search(event.bytes(), event.messageFrom(), event.messageTo());
    }
  }

  private void took(long timestamp) throws IOException {
    position++;
    out.wroteRecord(timestamp);
    out.drainIfFull();
  }

  private void searchEscaped() throws IOException {
    int from = event.messageFrom();
    if (!event.hasUnicodeEscapes() && !markers.mayBeEscaped()) {
      // Most messages hold no marker, and most records are written alike: none is unescaped.
      layersOff = 1;
      from = takeEscaped(from);
    }
    int length = event.messageTo() - from;
    if (length == 0) {
      return;
    }
    if (unescaped.length < length + Escapes.SLACK) {
      unescaped = new byte[length + length / 2 + Escapes.SLACK];
    }
    escapes.decode(event.bytes(), from, event.messageTo(), unescaped);
    search(unescaped, 0, escapes.written());
  }

  /**
   * Takes records out of the escaped text, as long as each fits a template; returns what is left.
   */
  private int takeEscaped(int from) throws IOException {
    byte[] raw = event.bytes();
    int to = event.messageTo();
    int at = from;
    int found = markers.find(raw, at, to);
    while (found >= 0) {
      if ((backslashesBefore(raw, found, at, found - at) & 1) == 1) {
        // The letter of an escape, and what follows it, look like a marker.
        return at;
      }
      int next = takeAlike(raw, Separators.end(raw, markers.end(raw, found, to), to), to, 1);
      if (next == RecordShape.OTHER) {
        return found;
      }
      at = next;
      found = markers.find(raw, at, to);
    }
    return to;
  }

  /** Takes the record at {@code start} if it fits a template; returns where it ends. */
  private int takeAlike(byte[] source, int start, int to, int fewestLayers) throws IOException {
    int next = templates.read(source, start, to, fewestLayers, out.records());
    if (next != RecordShape.OTHER) {
      RecordShape template = templates.last();
      if (!RecordRules.canBeCompleted(template.isTimed(), template.isIdentified(), event)) {
        out.records().truncate(out.records().count());
        return RecordShape.OTHER;
      }
      writer.complete(template.isTimed(), template.isIdentified(), event, position, out.records());
      took(event.isTimed() ? event.timestamp() : template.time());
    }
    return next;
  }

  /** How many backslashes are before {@code index}; no more than {@code most} are counted. */
  private static int backslashesBefore(byte[] text, int index, int from, int most) {
    int first = Math.max(from, index - most);
    int i = index;
    while (i > first && text[i - 1] == '\\') {
      i--;
    }
    return index - i;
  }

  private void search(byte[] source, int from, int to) throws IOException {
    text = source;
    end = to;
    nextQuote = -1;
    marker = markers.find(text, from, end);
    while (marker >= 0) {
      int next = take(markers.end(text, marker, end));
      if (unfinished) {
        return;
      }
      marker = markers.find(text, next, end);
    }
  }

  /** Whether the last event ended in a record whose rest was not there yet. */
  public boolean isUnfinished() {
    return unfinished;
  }

  /** Where the marker of that record is; the message's start where it is the first in it. */
  public int unfinishedFrom() {
    return position == 0 ? event.messageFrom() : marker;
  }

  /** Takes the value after a marker; returns from where to search on. */
  private int take(int from) throws IOException {
    int start = Separators.end(text, from, end);
    while (start == end && isLonger(start)) {
      start = Separators.end(text, start, end);
    }
    if (start == end || (text[start] != '{' && text[start] != '[')) {
      refuseUnread(Fault.MALFORMED, "no JSON after the marker");
      return start;
    }
    int next = takeAlike(text, start, end, 0);
    if (next != RecordShape.OTHER) {
      return next;
    }
    int depth = depth(start);
    if (depth < 0) {
      refuseUnread(Fault.MALFORMED, "the quotes of the record are escaped unevenly");
      return start + 1;
    }
    if (depth > 0) {
      return takeNested(start, depth);
    }
    while (!read(text, start, end, depth)) {
      if (cursor.fault() != Fault.TRUNCATED || !isLonger(start)) {
        refuseUnread(cursor.fault(), cursor.why());
        break;
      }
    }
    return cursor.at();
  }

  /** Whether there is more of the message than there was, when a record in it is cut off. */
  private boolean isLonger(int start) throws IOException {
    Answer answer = continuation.extend(event, start, end);
    if (answer == Answer.LONGER) {
      // The bytes may have moved to a larger array; what stood where it stood is there still.
      text = event.bytes();
      end = event.messageTo();
      nextQuote = -1;
    }
    unfinished = answer == Answer.NOT_YET;
    return answer == Answer.LONGER;
  }

  private int depth(int start) {
    // Kept from record to record: a text with many brackets and no quotes is walked only once.
    if (nextQuote < start) {
      nextQuote = start;
      while (nextQuote < end && text[nextQuote] != '"') {
        nextQuote++;
      }
    }
    if (nextQuote == end) {
      return 0;
    }
    int most = NestedText.MOST_BACKSLASHES + 1;
    return NestedText.depth(backslashesBefore(text, nextQuote, start, most));
  }

  private int takeNested(int start, int depth) throws IOException {
    long stretch = FIRST_STRETCH;
    while (true) {
      int to = (int) Math.min(end, start + stretch);
      nested.open(text, start, to, to == end, depth);
      if (read(nested.bytes(), 0, nested.length(), depth)) {
        break;
      }
      Fault fault = cursor.fault();
      if (fault != Fault.TRUNCATED || !nested.isCut()) {
        if (fault == Fault.TRUNCATED && nested.endsInBadEscape()) {
          refuseUnread(Fault.MALFORMED, "an escape that JSON does not have");
          break;
        }
        if (fault == Fault.MALFORMED || nested.endsInQuote() || !isLonger(start)) {
          refuseUnread(fault, cursor.why());
          break;
        }
      }
      stretch *= 4;
    }
    return nested.sourceIndex(cursor.at());
  }

  /** Reads one value and takes the records in it; false where the cursor met a fault. */
  private boolean read(byte[] source, int start, int to, int depth) throws IOException {
    cursor.reset(source, start, to);
    if (source[start] == '{') {
      if (!record.scan(cursor)) {
        return false;
      }
      if (settle()) {
        templates.learn(record, layersOff + depth);
      }
      return true;
    }
    // The whole array must be well-formed before any of its elements counts.
    if (!cursor.value(ScannedRecord.MAX_DEPTH + 1)) {
      return false;
    }
    elements(source, start, cursor.at());
    return true;
  }

  private void elements(byte[] source, int start, int to) throws IOException {
    cursor.reset(source, start, to);
    for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
      if (cursor.peek() == '{') {
        record.scan(cursor);
        settle();
      } else {
        cursor.value(ScannedRecord.MAX_DEPTH);
        refuse(new Refusal(NOT_AN_OBJECT, "an element of the array is not an object"));
      }
    }
  }

  /** Takes or refuses the record; tells whether it was taken. */
  private boolean settle() throws IOException {
    Refusal refusal = rules.check(record, event);
    if (refusal != null) {
      refuse(refusal);
      return false;
    }
    writer.write(record, event, position, out.records());
    took(event.isTimed() ? event.timestamp() : RecordRules.time(record, event));
    return true;
  }

  private void refuseUnread(Fault fault, String why) throws IOException {
    unfinished |= continuation.isOpen(end);
    if (unfinished) {
      return;
    }
    refuse(new Refusal(fault == Fault.TRUNCATED ? TRUNCATED : MALFORMED_JSON, why));
  }

  private void refuse(Refusal refusal) throws IOException {
    position++;
    refusals.add(refusal, text, marker, end);
    out.drainIfFull();
  }
}
