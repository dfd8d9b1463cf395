package io.meterline.agent;

import io.meterline.BatchId;
import io.meterline.source.Envelope;
import io.meterline.source.EventReader;
import io.meterline.source.EventSource;
import io.meterline.source.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The agent behind a Kinesis stream. It keeps nothing of an event but how its records were written,
 * and the memory in which it was read.
 */
public final class StreamAgent implements Agent {
  private final AgentPorts ports;
  private final AtomicReference<@Nullable Workbench> spare = new AtomicReference<>();

  public StreamAgent(AgentPorts ports) {
    this.ports = ports;
  }

  @Override
  public AgentReport deliver(byte[] event) throws IOException {
    List<Envelope> envelopes = envelopes(event);
    BatchId id = id(envelopes);
    Workbench workbench = workbench();
    Outgoing outgoing = new Outgoing(ports, () -> id, event.length, workbench.records());
    try {
      for (Envelope envelope : envelopes) {
        EventSource.read(envelope, workbench.base64(), workbench.payloads(), outgoing.extraction());
      }
      AgentReport report = outgoing.finish();
      // Not where something was thrown: who knows in what state it is then.
      spare.set(workbench);
      return report;
    } catch (HandOverFailed e) {
      throw new NotDelivered(envelopes.getFirst().sequenceNumber(), e.failure());
    }
  }

  private Workbench workbench() {
    Workbench last = spare.getAndSet(null);
    return last == null ? new Workbench(ports) : last.cleared();
  }

  private static List<Envelope> envelopes(byte[] event) throws IOException {
    EventReader reader = new EventReader(new Window(event));
    List<Envelope> envelopes = new ArrayList<>();
    while (reader.next()) {
      envelopes.add(reader.envelope());
    }
    return envelopes;
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
