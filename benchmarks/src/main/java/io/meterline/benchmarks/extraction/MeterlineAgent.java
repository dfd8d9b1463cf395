package io.meterline.benchmarks.extraction;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.PartLimits;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import java.io.IOException;

/** The agent behind a stream with all its checks, and a sink that makes the body and drops it. */
final class MeterlineAgent implements Contender {
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  private final StreamAgent agent =
      new StreamAgent(
          new AgentPorts(
              Markers.DEFAULT,
              Limits.DEFAULT,
              this::deliver,
              (id, part, entries) -> Delivery.NOTHING,
              new PartLimits(Integer.MAX_VALUE, MOST_BYTES)));
  private Outcome outcome = new Outcome(0, new byte[0]);

  @Override
  public Outcome run(byte[] event) throws IOException {
    outcome = new Outcome(0, new byte[0]);
    agent.deliver(event);
    return outcome;
  }

  private Delivery deliver(Batch batch) {
    for (BatchPart part : batch.parts(PartLimits.NONE)) {
      outcome = new Outcome(part.count(), BodyFormat.JSON.body(part));
    }
    return Delivery.of(true);
  }
}
