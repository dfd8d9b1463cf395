package io.meterline.core.find;

import io.meterline.core.Origin;
import io.meterline.core.RecordBuffer;
import io.meterline.core.json.Digits;
import io.meterline.core.record.LogEvent;
import io.meterline.core.record.RecordRules;
import io.meterline.core.record.RecordWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records that are taken out of a payload's document while that is still being read: what a
 * template has read needs not be passed once more to find the end of the string that it stands in.
 *
 * <p>They go where all records go, and count for nothing until {@link #keep} says so: the document
 * may turn out to be broken behind them. Where some events are left to be looked at, they are set
 * aside, until the extractor comes to theirs.
 */
public final class SpeculativeExtractor {
  /** What {@link #near} tells where there is none, or none can be told. */
  public static final int NO_MARKER = Integer.MAX_VALUE;

  /** What {@link #take} tells where no record could be taken. */
  public static final int NOT_TAKEN = RecordShape.OTHER;

  /** Behind so many messages without a marker, none is expected in the next one. */
  private static final int MOST_QUIET = 4;

  /** So many bytes of a document's records may have to be set aside, and no more. */
  private static final int MOST_BYTES = 1024 * 1024;

  private final Markers markers;
  private final RecordShapes templates;
  private final RecordWriter writer;
  private final RecordBuffer aside = new RecordBuffer();
  private final LogEvent event = new LogEvent();
  private RecordCollector out = new RecordCollector(refused -> {});
  private RecordBuffer records = out.records();

  private Supplier<Origin> origins = () -> Origin.UNKNOWN;

  /** What records were completed for, if any were. */
  private @Nullable Origin completedFor;

  private int idFrom;
  private int idTo;
  private int timeFrom;
  private int timeTo;

  /** How many records were there before the document's. */
  private int before;

  private int taken;

  /** Whether one did not fit any more, so that none behind it may come before it. */
  private boolean full;

  /** How far into a message its marker was last found: that is how far it is looked for. */
  private int reach;

  /** How many messages without a marker were the last ones. */
  private int quiet;

  SpeculativeExtractor(Markers markers, RecordShapes templates, RecordWriter writer) {
    this.markers = markers;
    this.templates = templates;
    this.writer = writer;
  }

  /**
   * A document is read, whose records go to {@code to}; {@code from} tells what it is of so far.
   */
  public void begin(RecordCollector to, Supplier<Origin> from) {
    out = to;
    origins = from;
    completedFor = null;
    records = to.records();
    before = records.count();
    taken = 0;
    full = false;
  }

  /**
   * They count as they are: nothing is left in their events, nor in any between those.
   *
   * @param newest the newest time of their events, in epoch milliseconds
   */
  public void keep(long newest) {
    if (taken > 0) {
      out.wroteRecord(newest);
    }
  }

  /** They are added event by event, by whoever looks at what is left in those. */
  public void setAside() {
    aside.truncate(0);
    aside.add(records, before, records.count());
    records.truncate(before);
  }

  /** They are none: the document is no good, or not of what it seemed to be of. */
  public void drop() {
    records.truncate(before);
    taken = 0;
  }

  /** Whether they were completed for another origin than the document turned out to have. */
  public boolean areOfAnother() {
    return completedFor != null && !completedFor.equals(origins.get());
  }

  /** The next message is that of the event whose id and time stand there. */
  public void of(int newIdFrom, int newIdTo, int newTimeFrom, int newTimeTo) {
    idFrom = newIdFrom;
    idTo = newIdTo;
    timeFrom = newTimeFrom;
    timeTo = newTimeTo;
  }

  /** How many were taken of the document. */
  public int count() {
    return taken;
  }

  /** Those that were set aside. */
  RecordBuffer aside() {
    return aside;
  }

  /**
   * Where the next marker starts near {@code from}, which may be behind the end of the message that
   * is read; {@link #NO_MARKER} where there is none.
   */
  public int near(byte[] text, int from, int to) {
    if (isOff() || quiet > MOST_QUIET) {
      return NO_MARKER;
    }
    int marker = markers.find(text, from, Math.min(to, from + reach));
    return marker < 0 ? NO_MARKER : marker;
  }

  /**
   * Where to search for a marker in a message in which {@link #near} told none: its end where there
   * is none at all.
   */
  public int searchFrom(byte[] text, int from, int to) {
    // What may be the beginning of a marker is looked at again with what follows.
    int seen = quiet > MOST_QUIET ? 0 : Math.max(0, reach - markers.longest());
    int marker = marker(text, from, Math.min(to, from + seen), to);
    quiet++;
    if (marker < to) {
      reach = marker - from + markers.longest() + 1;
      quiet = 0;
    }
    return marker;
  }

  /** Where to search for a marker behind a record that ends at {@code from}. */
  public int searchBehind(byte[] text, int from, int to) {
    return marker(text, from, from, to);
  }

  private int marker(byte[] text, int from, int unseen, int to) {
    if (isOff()) {
      return from;
    }
    int marker = markers.find(text, unseen, to);
    if (marker < 0) {
      return to;
    }
    return isBehindBackslash(text, marker) ? from : marker;
  }

  /** Whether it may be no marker but the letter of an escape and what follows. */
  private static boolean isBehindBackslash(byte[] text, int marker) {
    return text[marker - 1] == '\\';
  }

  private boolean isOff() {
    return full
        || markers.mayBeEscaped()
        || records.from(records.count()) - records.from(before) > MOST_BYTES;
  }

  /**
   * Where the record starts behind the marker at {@code marker}, in text whose escapes are not yet
   * known to be right; {@link #NO_MARKER} where none can be taken.
   */
  public int record(byte[] text, int marker, int to) {
    int markerEnd = markers.end(text, marker, to);
    if (markerEnd < 0 || isBehindBackslash(text, marker)) {
      // It goes on behind where it was looked for, and is another word; or it is an escape's
      // letter.
      return NO_MARKER;
    }
    int start = Separators.end(text, markerEnd, to);
    return start == to || isBehindBackslash(text, start) ? NO_MARKER : start;
  }

  /**
   * Takes the record at {@code start} of an escaped text.
   *
   * @return where the record ends, or {@link #NOT_TAKEN}
   */
  public int take(byte[] text, int start, int to) {
    int end = templates.read(text, start, to, 1, records);
    if (end == RecordShape.OTHER) {
      return NOT_TAKEN;
    }
    if (!complete(templates.last(), text)) {
      records.truncate(records.count());
      return NOT_TAKEN;
    }
    if (out.isFull()) {
      // Its batch ends with it, unless that ended before: the extractor knows.
      full = true;
      records.truncate(records.count() - 1);
      return NOT_TAKEN;
    }
    taken++;
    quiet = 0;
    return end;
  }

  /** Ends the record that was read, with what it does not have; false where that is not there. */
  private boolean complete(RecordShape template, byte[] text) {
    if (!template.isComplete()) {
      if (completedFor == null) {
        completedFor = origins.get();
      }
      event.from(completedFor).id(text, idFrom, idTo);
      if (Digits.isShortInteger(text, timeFrom, timeTo)) {
        event.timestamp(Digits.value(text, timeFrom, timeTo));
      }
      if (!RecordRules.canBeCompleted(template.isTimed(), template.isIdentified(), event)) {
        return false;
      }
    }
    // It is the first of its message.
    writer.complete(template.isTimed(), template.isIdentified(), event, 0, records);
    return true;
  }
}
