package io.meterline.lambda;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import io.meterline.core.Reason;
import io.meterline.core.delivery.AgentReport;
import io.meterline.core.delivery.NotDelivered;
import io.meterline.core.json.JsonText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What an agent says of itself: one line of metrics an invocation, in CloudWatch's <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 * embedded metric format</a>, and a line for each failure. Never a record, and never a marker: the
 * agent would be fed its own log.
 */
public final class Telemetry {
  private static final String NAMESPACE = "Meterline";
  private static final String COUNT = "Count";

  private final PrintStream out;
  private final InstantSource clock;
  private final List<String> markers;

  /** Lines go to {@code out}; one of {@code markers} in one of them is blotted out. */
  public Telemetry(PrintStream out, InstantSource clock, List<String> markers) {
    this.out = requireNonNull(out, "out is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.markers = List.copyOf(markers);
  }

  void delivered(AgentReport report, Context context) {
    Emf line =
        new Emf(NAMESPACE, clock.millis())
            .dimension("Agent", context.getFunctionName())
            .metric("Records", COUNT, report.delivered().records())
            .metric("Quarantined", COUNT, report.delivered().quarantined())
            .metric("Payloads", COUNT, report.delivered().payloads())
            .metric("ControlMessages", COUNT, report.delivered().controlMessages())
            .metric("Events", COUNT, report.delivered().events())
            .metric("Objects", COUNT, report.delivered().delivery().stored())
            .metric("ObjectsAlreadyThere", COUNT, report.delivered().delivery().alreadyThere())
            .metric("Bytes", "Bytes", report.bytes())
            .metric("PutMillis", "Milliseconds", report.deliveryNanos() / 1_000_000);
    if (report.newestTimestamp() != Long.MIN_VALUE) {
      long age = clock.millis() - report.newestTimestamp();
      line.metric("NewestEventAgeMillis", "Milliseconds", Math.max(0, age));
    }
    print(line.property("requestId", context.getAwsRequestId()).toString());
    for (Map.Entry<Reason, Long> reason : report.delivered().reasons().entrySet()) {
      print(
          new Emf(NAMESPACE, clock.millis())
              .dimension("Agent", context.getFunctionName())
              .dimension("Reason", reason.getKey().word())
              .metric("Quarantined", COUNT, reason.getValue())
              .property("requestId", context.getAwsRequestId())
              .toString());
    }
  }

  void failed(NotDelivered failure, Context context) {
    print(
        new String(
            new JsonText()
                .member("level", "ERROR")
                .member("timestamp", clock.instant().toString())
                .member("requestId", context.getAwsRequestId())
                .member("message", "not delivered, to come again: " + failure.getMessage())
                .member("sequenceNumber", failure.lowestSequenceNumber())
                .end(),
            StandardCharsets.UTF_8));
  }

  private void print(String line) {
    String quiet = line;
    for (String marker : markers) {
      quiet = quiet.replace(marker, "(marker)");
    }
    // One write a line: the runtime makes a log event of each.
    out.print(quiet + "\n");
    out.flush();
  }
}
