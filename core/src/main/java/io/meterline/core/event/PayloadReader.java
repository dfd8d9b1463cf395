package io.meterline.core.event;

import static io.meterline.core.Reason.TOO_LARGE;
import static io.meterline.core.Reason.UNDECODABLE_PAYLOAD;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.Quarantined.BadPayload;
import io.meterline.core.Reason;
import io.meterline.core.event.AggregatedRecord.Slice;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.record.LogEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens payloads and gives their log events to the extractor. What can't be opened goes to
 * quarantine with its bytes, and never keeps the rest from being read.
 *
 * <p>Not for several threads: it works in buffers of its own, as large as the largest payload.
 */
public final class PayloadReader implements AutoCloseable {
  private final Extractor extractor;
  private final int maxPayloadBytes;
  private final GzipMembers members;
  private final PayloadDocument document = new PayloadDocument();
  private final JsonCursor cursor = JsonCursor.structural();
  private final LogEvent event = new LogEvent();
  private final Consumer<? super EventRange> stretches;

  public PayloadReader(Extractor extractor, Limits limits) {
    this(extractor, limits, stretch -> {});
  }

  /** As above; {@code stretches} receives each document's log events before they are read. */
  public PayloadReader(Extractor extractor, Limits limits, Consumer<? super EventRange> stretches) {
    this.stretches = stretches;
    this.extractor = extractor;
    this.maxPayloadBytes = limits.maxPayloadBytes();
    this.members = new GzipMembers(maxPayloadBytes);
  }

  /**
   * Reads the payload in {@code data[from, to)}: gzip or JSON, or several of either aggregated.
   *
   * @param sequenceNumber the Kinesis record's, or empty
   */
  public void read(byte[] data, int from, int to, String sequenceNumber, Findings out)
      throws IOException {
    if (!AggregatedRecord.isAggregated(data, from, to)) {
      open(data, from, to, sequenceNumber, out);
      return;
    }
    Optional<List<Slice>> userRecords = AggregatedRecord.userRecords(data, from, to);
    if (userRecords.isEmpty()) {
      out.countPayload();
      refuse("an aggregated record without readable records", data, from, to, sequenceNumber, out);
      return;
    }
    for (Slice userRecord : userRecords.get()) {
      open(data, userRecord.from(), userRecord.to(), sequenceNumber, out);
    }
  }

  private void open(byte[] data, int from, int to, String sequenceNumber, Findings out)
      throws IOException {
    out.countPayload();
    if (!GzipHeader.isGzip(data, from, to)) {
      if (to - from > maxPayloadBytes) {
        tooLarge(data, from, to, sequenceNumber, out);
      } else {
        documents(data, from, to, sequenceNumber, out);
      }
      return;
    }
    if (!members.inflate(data, from, to)) {
      tooLarge(data, from, to, sequenceNumber, out);
      return;
    }
    Slices whole = members.whole();
    for (int i = 0; i < whole.count(); i++) {
      documents(members.bytes(), whole.from(i), whole.to(i), sequenceNumber, out);
    }
    Slices broken = members.broken();
    if (broken.count() > 0) {
      String detail =
          "byte %d: not a whole gzip member with the right checksum"
              .formatted(broken.from(0) - from);
      byte[] bytes = broken.copyOf(data);
      out.refuse(
          new BadPayload(UNDECODABLE_PAYLOAD, detail, Origin.UNKNOWN, sequenceNumber, bytes));
      out.drainIfFull();
    }
  }

  /** Reads JSON documents that are one after the other. */
  private void documents(byte[] bytes, int from, int to, String sequenceNumber, Findings out)
      throws IOException {
    cursor.reset(bytes, from, to);
    if (cursor.peek() < 0) {
      refuse("it is empty", bytes, from, to, sequenceNumber, out);
      return;
    }
    while (cursor.peek() >= 0) {
      int start = cursor.at();
      boolean object = cursor.peek() == '{';
      if (!(object ? document.read(cursor) : cursor.value(1))) {
        String detail =
            "byte %d: neither gzip nor JSON: %s".formatted(cursor.at() - from, cursor.why());
        refuse(detail, bytes, start, to, sequenceNumber, out);
        return;
      }
      if (object && document.isControlMessage()) {
        out.countControlMessage();
      } else if (object && document.hasEvents()) {
        events(out);
      } else {
        refuse("JSON without logEvents", bytes, start, cursor.at(), sequenceNumber, out);
      }
    }
  }

  private void events(Findings out) throws IOException {
    EventTable events = document.events();
    out.countEvents(events.size());
    stretches.accept(document);
    Origin origin = document.origin();
    Markers markers = extractor.markers();
    boolean isEachNeeded = extractor.hasRules() || markers.mayBeEscaped();
    int marker = 0;
    for (int i = 0; i < events.size(); i++) {
      if (!isEachNeeded && !events.hasUnicodeEscapes(i)) {
        // Most messages have no marker: one search may pass many of them.
        if (marker < events.messageFrom(i)) {
          int found = markers.find(cursor.bytes(), events.messageFrom(i), cursor.at());
          marker = found < 0 ? Integer.MAX_VALUE : found;
        }
        if (marker >= events.messageTo(i)) {
          continue;
        }
      }
      if (events.show(i, origin, event)) {
        extractor.extract(event, out);
      }
    }
  }

  private void tooLarge(byte[] data, int from, int to, String sequenceNumber, Findings out)
      throws IOException {
    String detail = "it is or inflates to more than %d bytes".formatted(maxPayloadBytes);
    refuse(TOO_LARGE, detail, data, from, to, sequenceNumber, out);
  }

  private static void refuse(
      String detail, byte[] data, int from, int to, String sequenceNumber, Findings out)
      throws IOException {
    refuse(UNDECODABLE_PAYLOAD, detail, data, from, to, sequenceNumber, out);
  }

  private static void refuse(
      Reason reason,
      String detail,
      byte[] data,
      int from,
      int to,
      String sequenceNumber,
      Findings out)
      throws IOException {
    byte[] bytes = Arrays.copyOfRange(data, from, to);
    out.refuse(new BadPayload(reason, detail, Origin.UNKNOWN, sequenceNumber, bytes));
    out.drainIfFull();
  }

  @Override
  public void close() {
    members.close();
  }
}
