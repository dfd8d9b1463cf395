package io.meterline.extract;

import io.meterline.RecordBuffer;

/**
 * Records that are taken out of a payload's document while that is still being read: what a
 * template has read needs not be passed once more to find the end of the string that it stands in.
 *
 * <p>They count for nothing until the extractor comes to their events: the document may turn out to
 * be broken behind them.
 */
public final class RecordsAhead {
  /** What {@link #marker} tells where no marker is near, or none can be told. */
  public static final int NO_MARKER = Integer.MAX_VALUE;

  /** How far into a message its first marker is looked for; behind it, when the event's turn comes. */
  private static final int LOOK_AHEAD = 256;

  /** So many bytes of a document's records are held twice, and no more. */
  private static final int MOST_BYTES = 1024 * 1024;

  private final Markers markers;
  private final Templates templates;
  private final RecordBuffer records = new RecordBuffer();

  RecordsAhead(Markers markers, Templates templates) {
    this.markers = markers;
    this.templates = templates;
  }

  /** Forgets all: another document is read. */
  public void clear() {
    records.truncate(0);
  }

  /** How many were taken of the document. */
  public int count() {
    return records.count();
  }

  RecordBuffer records() {
    return records;
  }

  /**
   * Where the next marker starts, which may be behind the end of the message that is read; {@link
   * #NO_MARKER} where there is none near {@code from}.
   */
  public int marker(byte[] text, int from, int to) {
    if (isOff()) {
      return NO_MARKER;
    }
    int marker = markers.find(text, from, Math.min(to, from + LOOK_AHEAD));
    return marker < 0 ? NO_MARKER : marker;
  }

  /** Whether a marker between these would have been told. */
  public boolean wouldTell(int from, int to) {
    return !isOff() && to - from <= LOOK_AHEAD;
  }

  private boolean isOff() {
    return markers.mayBeEscaped() || records.size() > MOST_BYTES;
  }

  /**
   * Takes the record behind the marker at {@code marker} of an escaped text.
   *
   * @return where the record ends, or a negative number where none was taken
   */
  public int take(byte[] text, int marker, int to) {
    if (text[marker - 1] == '\\') {
      // It may be no marker but the letter of an escape and what follows.
      return Template.OTHER;
    }
    int markerEnd = markers.end(text, marker, to);
    if (markerEnd < 0) {
      // It goes on behind where it was looked for, and is another word.
      return Template.OTHER;
    }
    int start = Extractor.afterFiller(text, markerEnd, to);
    int end = templates.read(text, start, to, 1, records);
    if (end == Template.OTHER) {
      return Template.OTHER;
    }
    if (!templates.last().isComplete()) {
      records.truncate(records.count());
      return Template.OTHER;
    }
    records.write('}');
    records.end();
    return end;
  }
}
