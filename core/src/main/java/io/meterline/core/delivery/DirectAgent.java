package io.meterline.core.delivery;

import io.meterline.core.BatchId;
import io.meterline.core.Origin;
import io.meterline.core.event.Base64Text;
import io.meterline.core.event.Envelope;
import io.meterline.core.event.EventRange;
import io.meterline.core.event.EventReader;
import io.meterline.core.event.EventSource;
import io.meterline.core.event.PayloadReader;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The agent that CloudWatch Logs invokes directly. It keeps nothing from one event to the next. */
public final class DirectAgent implements Agent {
  private final AgentPorts ports;

  public DirectAgent(AgentPorts ports) {
    this.ports = ports;
  }

  @Override
  public AgentReport deliver(byte[] event) throws IOException {
    Naming naming = new Naming();
    EventDelivery delivery = new EventDelivery(ports, naming::id);
    List<Envelope> envelopes = EventReader.envelopes(event);
    try (PayloadReader payloads =
        new PayloadReader(ports.extractor(), ports.limits(), naming::saw)) {
      for (Envelope envelope : envelopes) {
        naming.saw(envelope);
        EventSource.read(envelope, new Base64Text(), payloads, delivery.findings());
      }
      return delivery.finish();
    } catch (IOException e) {
      throw new NotDelivered("", e);
    }
  }

  /** What the event is: the log events from the first to the last of a log stream. */
  private static final class Naming {
    private String firstId = "";
    private String lastId = "";
    private Origin origin = Origin.UNKNOWN;
    private long newestTimestamp;
    private String data = "";

    void saw(Envelope envelope) {
      byte[] text = envelope.hasData() ? envelope.dataText() : envelope.elementText();
      data = UUID.nameUUIDFromBytes(text).toString();
    }

    void saw(EventRange stretch) {
      if (firstId.isEmpty()) {
        firstId = stretch.firstId();
        origin = stretch.origin();
      }
      lastId = stretch.lastId();
      newestTimestamp = Math.max(newestTimestamp, stretch.newestTimestamp());
    }

    /** Where no log event could be read, the bytes themselves say what the event is. */
    BatchId id() {
      return firstId.isEmpty()
          ? new BatchId("awslogs", "", data, data, newestTimestamp)
          : new BatchId(source(), "", firstId, lastId, newestTimestamp);
    }

    private String source() {
      return String.join(":", origin.owner(), origin.logGroup(), origin.logStream());
    }
  }
}
