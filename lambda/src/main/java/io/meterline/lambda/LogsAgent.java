package io.meterline.lambda;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.core.delivery.Agent;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.NotDelivered;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The agent that CloudWatch Logs invokes directly. Lambda tries such an event twice more where this
 * fails, and then sends it to the function's on-failure destination.
 */
public final class LogsAgent implements RequestStreamHandler {
  private final Agent agent;
  private final Telemetry telemetry;

  @SuppressWarnings({"unused", "UnusedVariable"}) // The runtime keeps no hold on it.
  private final @Nullable Priming priming;

  /** What Lambda calls: the settings are those of the environment. */
  public LogsAgent() {
    Wiring wiring = Wiring.ofEnvironment(System.getenv());
    this.agent = new DirectAgent(wiring.ports());
    this.telemetry = wiring.telemetry();
    this.priming = Priming.register();
  }

  /** An agent with parts of one's own. */
  public LogsAgent(Agent agent, Telemetry telemetry) {
    this.agent = requireNonNull(agent, "agent is null");
    this.telemetry = requireNonNull(telemetry, "telemetry is null");
    this.priming = null;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    try {
      telemetry.delivered(Invocations.deliver(agent, event, context), context);
    } catch (NotDelivered e) {
      telemetry.failed(e, context);
      throw e;
    }
  }
}
