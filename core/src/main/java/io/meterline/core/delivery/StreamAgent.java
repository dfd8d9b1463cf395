package io.meterline.core.delivery;

import io.meterline.core.BatchId;
import io.meterline.core.event.Base64Text;
import io.meterline.core.event.Envelope;
import io.meterline.core.event.EventReader;
import io.meterline.core.event.EventSource;
import io.meterline.core.event.PayloadReader;
import java.io.IOException;
import java.util.List;

/** The agent behind a Kinesis stream. It keeps nothing from one event to the next. */
public final class StreamAgent implements Agent {
  private final AgentPorts ports;

  public StreamAgent(AgentPorts ports) {
    this.ports = ports;
  }

  @Override
  public AgentReport deliver(byte[] event) throws IOException {
    List<Envelope> envelopes = EventReader.envelopes(event);
    BatchId id = id(envelopes);
    EventDelivery delivery = new EventDelivery(ports, () -> id);
    Base64Text base64 = new Base64Text();
    try (PayloadReader payloads = new PayloadReader(ports.extractor(), ports.limits())) {
      for (Envelope envelope : envelopes) {
        EventSource.read(envelope, base64, payloads, delivery.findings());
        if (envelope == envelopes.getFirst()) {
          delivery.expect(envelope.length(), event.length);
        }
      }
      return delivery.finish();
    } catch (IOException e) {
      throw new NotDelivered(envelopes.getFirst().sequenceNumber(), e);
    }
  }

  /** What the event is: the stretch of a shard. Lambda sends the records of one shard in order. */
  private static BatchId id(List<Envelope> envelopes) {
    if (envelopes.isEmpty()) {
      return new BatchId("", "", "", "", 0);
    }
    Envelope first = envelopes.getFirst();
    long newest = 0;
    for (Envelope envelope : envelopes) {
      newest = Math.max(newest, envelope.arrivalMillis());
    }
    return new BatchId(
        first.streamArn(),
        first.shardId(),
        first.sequenceNumber(),
        envelopes.getLast().sequenceNumber(),
        newest);
  }
}
