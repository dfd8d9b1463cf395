package io.meterline.demo;

import io.meterline.aws.DestinationSettings;
import io.meterline.aws.Destinations;
import io.meterline.aws.Variables;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.RefusalPolicy;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes of a deployment, as its environment says. */
final class Routes {
  private static final String AGENT_DESTINATION = "DEMO_AGENT_DESTINATION";
  private static final String QUARANTINE = "METERLINE_QUARANTINE";

  private final Variables variables;
  private final Destinations destinations;
  private final PrintStream log;

  private Routes(Map<String, String> environment, PrintStream log) {
    this.variables = new Variables(environment);
    // Each call brings one record, and nothing sends it again: what is refused must be kept.
    this.destinations =
        new Destinations(DestinationSettings.of(environment), new RefusalPolicy.Quarantine());
    this.log = log;
  }

  /**
   * One for each way; a way whose variable is not set says so when it is called.
   *
   * @param log what the function's log group takes the lines of
   * @throws IllegalArgumentException that names the variable which is wrong
   */
  static Map<MeteringRoute, Route> ofEnvironment(Map<String, String> environment, PrintStream log) {
    return new Routes(environment, log).all();
  }

  private Map<MeteringRoute, Route> all() {
    Map<MeteringRoute, Route> routes = new EnumMap<>(MeteringRoute.class);
    for (MeteringRoute way : MeteringRoute.values()) {
      routes.put(
          way,
          switch (way) {
            case DIRECT_API -> direct("DEMO_DIRECT_API");
            case DIRECT_S3 -> direct("DEMO_DIRECT_S3");
            case DIRECT_SQS -> direct("DEMO_DIRECT_SQS");
            case CW_SUBSCRIBER, STREAM_SUBSCRIBER -> logged();
          });
    }
    return routes;
  }

  private Route logged() {
    return Route.logged(this::print, variables.text(AGENT_DESTINATION).orElse(""));
  }

  private void print(MeterRecord record) {
    // One write a line: the runtime makes a log event of each.
    log.print(record.line() + "\n");
    log.flush();
  }

  private Route direct(String variable) {
    Optional<String> uri = variables.text(variable);
    if (uri.isEmpty()) {
      return Route.missing(variable);
    }
    MeterSink sink = named(variable, () -> destinations.sink(uri.get(), quarantine(uri.get())));
    // Its options may name roles and endpoints, which are nobody's business.
    return Route.to(sink, uri.get().replaceFirst("\\?.*", ""));
  }

  /** For what a receiver refuses; a bucket refuses nothing, and stands for itself. */
  private Quarantine quarantine(String sink) {
    return variables
        .text(QUARANTINE)
        .map(uri -> named(QUARANTINE, () -> destinations.quarantine(uri)))
        .orElseGet(() -> destinations.quarantineBeside(sink));
  }

  private static <T> T named(String variable, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
    }
  }
}
