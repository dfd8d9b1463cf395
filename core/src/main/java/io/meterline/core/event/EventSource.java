package io.meterline.core.event;

import static io.meterline.core.Reason.UNDECODABLE_PAYLOAD;

import io.meterline.core.Origin;
import io.meterline.core.Quarantined.BadPayload;
import io.meterline.core.find.Findings;
import java.io.IOException;

/** The payloads of Lambda events. */
public final class EventSource implements Source {
  private final Window window;
  private final EventReader events;
  private final PayloadReader payloads;
  private final Base64Text base64 = new Base64Text();
  private long offset;

  public EventSource(Window window, PayloadReader payloads) {
    this.window = window;
    this.events = new EventReader(window);
    this.payloads = payloads;
  }

  @Override
  public boolean next(Findings out) throws IOException {
    if (!events.next()) {
      return false;
    }
    read(events.envelope(), base64, payloads, out);
    offset = events.offset();
    return true;
  }

  /** Reads the payload of one envelope, or refuses it where there is none to read. */
  public static void read(
      Envelope envelope, Base64Text base64, PayloadReader payloads, Findings out)
      throws IOException {
    if (!envelope.hasData()) {
      refuse("no data in this element", envelope, envelope.elementText(), out);
    } else if (!envelope.decode(base64)) {
      refuse("the data is not base64", envelope, envelope.dataText(), out);
    } else {
      payloads.read(base64.bytes(), 0, base64.length(), envelope.sequenceNumber(), out);
    }
  }

  private static void refuse(String detail, Envelope envelope, byte[] bytes, Findings out)
      throws IOException {
    out.countPayload();
    out.refuse(
        new BadPayload(
            UNDECODABLE_PAYLOAD, detail, Origin.UNKNOWN, envelope.sequenceNumber(), bytes));
    out.drainIfFull();
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void close() throws IOException {
    payloads.close();
    window.close();
  }
}
