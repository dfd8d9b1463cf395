package io.meterline.benchmarks.endtoend;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.aws.DestinationSettings;
import io.meterline.aws.Destinations;
import io.meterline.core.Batch;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import io.meterline.lambda.KinesisAgent;
import io.meterline.lambda.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/** The handler behind a stream, wired as Lambda gets it, and what its invocations spend. */
final class TimedAgent implements RequestStreamHandler {
  private final KinesisAgent agent;
  private final MeterSink sink;
  private Costs costs = Costs.NONE;

  TimedAgent(String sinkUri, DestinationSettings settings) {
    Destinations destinations = new Destinations(settings);
    Quarantine quarantine = destinations.quarantineBeside(sinkUri);
    sink = destinations.sink(sinkUri, quarantine);
    AgentPorts ports =
        new AgentPorts(
            Markers.DEFAULT,
            Limits.DEFAULT,
            this::deliver,
            quarantine,
            new PartLimits(Integer.MAX_VALUE, settings.maxBodyBytes()));
    PrintStream log = new PrintStream(OutputStream.nullOutputStream(), false);
    agent =
        new KinesisAgent(
            new StreamAgent(ports),
            new Telemetry(log, InstantSource.system(), Markers.DEFAULT.words()));
  }

  /** What was spent since this was last asked. */
  Costs takeCosts() {
    Costs spent = costs;
    costs = Costs.NONE;
    return spent;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    int bytes = event.available();
    Profile.Invocation mark = new Profile.Invocation();
    Spending before = Spending.untilNow();
    mark.begin();
    agent.handleRequest(event, answer, context);
    mark.commit();
    costs = costs.invoked(bytes, Spending.untilNow().minus(before));
  }

  private Delivery deliver(Batch batch) throws IOException {
    Spending before = Spending.untilNow();
    Delivery delivery = sink.deliver(batch);
    costs = costs.put(Spending.untilNow().minus(before));
    return delivery;
  }

  /**
   * What invocations took.
   *
   * @param eventBytes in all
   * @param handler from the event to the answer
   * @param put of that, from the records to the store's answer
   */
  record Costs(int invocations, long eventBytes, Spending handler, int puts, Spending put) {
    static final Costs NONE = new Costs(0, 0, Spending.NONE, 0, Spending.NONE);

    private Costs invoked(int bytes, Spending spent) {
      return new Costs(invocations + 1, eventBytes + bytes, handler.plus(spent), puts, put);
    }

    private Costs put(Spending spent) {
      return new Costs(invocations, eventBytes, handler, puts + 1, put.plus(spent));
    }
  }
}
