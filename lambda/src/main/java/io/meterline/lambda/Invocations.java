package io.meterline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.meterline.core.delivery.Agent;
import io.meterline.core.delivery.AgentReport;
import io.meterline.core.retry.TimeLeft;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Ends each invocation before Lambda does: a slow receiver is then a delivery that failed. */
final class Invocations {
  /** For what comes after the last try: the answer, and a collection of garbage perhaps. */
  private static final Duration MOST_RESERVED = Duration.ofSeconds(2);

  /** So much of a shorter invocation is reserved. */
  private static final int RESERVED_PART = 10;

  private Invocations() {}

  /** Delivers the event in the time that the invocation has. */
  static AgentReport deliver(Agent agent, InputStream event, Context context) throws IOException {
    Duration reserved = reserved(left(context));
    return TimeLeft.within(
        () -> left(context).minus(reserved), () -> agent.deliver(event.readAllBytes()));
  }

  private static Duration reserved(Duration whole) {
    Duration part = whole.dividedBy(RESERVED_PART);
    return part.compareTo(MOST_RESERVED) < 0 ? part : MOST_RESERVED;
  }

  private static Duration left(Context context) {
    return Duration.ofMillis(context.getRemainingTimeInMillis());
  }
}
