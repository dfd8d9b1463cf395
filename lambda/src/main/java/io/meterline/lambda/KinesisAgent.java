package io.meterline.lambda;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.core.delivery.Agent;
import io.meterline.core.delivery.NotDelivered;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The agent behind a Kinesis stream, for an event source mapping with {@code
 * ReportBatchItemFailures}: where something may be missing, all from the lowest sequence number on
 * is sent again.
 */
public final class KinesisAgent implements RequestStreamHandler {
  private static final byte[] ALL_DONE =
      "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);

  private final Agent agent;
  private final Telemetry telemetry;

  @SuppressWarnings({"unused", "UnusedVariable"}) // The runtime keeps no hold on it.
  private final @Nullable Priming priming;

  /** What Lambda calls: the settings are those of the environment. */
  public KinesisAgent() {
    Wiring wiring = Wiring.ofEnvironment(System.getenv());
    this.agent = new StreamAgent(wiring.ports());
    this.telemetry = wiring.telemetry();
    this.priming = Priming.register();
  }

  /** An agent with parts of one's own. */
  public KinesisAgent(Agent agent, Telemetry telemetry) {
    this.agent = requireNonNull(agent, "agent is null");
    this.telemetry = requireNonNull(telemetry, "telemetry is null");
    this.priming = null;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    byte[] response = ALL_DONE;
    try {
      telemetry.delivered(Invocations.deliver(agent, event, context), context);
    } catch (NotDelivered e) {
      telemetry.failed(e, context);
      if (e.lowestSequenceNumber().isEmpty()) {
        throw e;
      }
      response = failureFrom(e.lowestSequenceNumber());
    }
    answer.write(response);
  }

  private static byte[] failureFrom(String sequenceNumber) {
    byte[] item = new JsonText().member("itemIdentifier", sequenceNumber).end();
    return ("{\"batchItemFailures\":[" + new String(item, StandardCharsets.UTF_8) + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
