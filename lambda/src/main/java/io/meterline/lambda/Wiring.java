package io.meterline.lambda;

import io.meterline.aws.Destinations;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.rule.Mapping;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** What an agent is made of, put together once when the function starts. */
final class Wiring {
  private final Settings settings;
  private final Destinations destinations;

  private Wiring(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.destinations =
        new Destinations(
            settings.destinations(), new RefusalPolicy.Grace(settings.refusalGrace(), clock));
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException that names the variable which is wrong or missing
   */
  static Wiring ofEnvironment(Map<String, String> environment) {
    return ofEnvironment(environment, InstantSource.system());
  }

  static Wiring ofEnvironment(Map<String, String> environment, InstantSource clock) {
    return new Wiring(Settings.of(environment), clock);
  }

  AgentPorts ports() {
    Quarantine quarantine = quarantine();
    MeterSink sink = named("METERLINE_SINK", () -> destinations.sink(settings.sink(), quarantine));
    PartLimits body = new PartLimits(Integer.MAX_VALUE, settings.destinations().maxBodyBytes());
    return new AgentPorts(settings.markers(), settings.limits(), mapping(), sink, quarantine, body);
  }

  private Mapping mapping() {
    return settings
        .mapping()
        .map(text -> named("METERLINE_MAPPING", () -> MappingText.read(text, settings)))
        .orElse(Mapping.NONE);
  }

  private Quarantine quarantine() {
    return settings
        .quarantine()
        .map(uri -> named("METERLINE_QUARANTINE", () -> destinations.quarantine(uri)))
        .orElseGet(
            () -> named("METERLINE_SINK", () -> destinations.quarantineBeside(settings.sink())));
  }

  Telemetry telemetry() {
    return new Telemetry(System.out, InstantSource.system(), settings.markers().words());
  }

  private static <T> T named(String variable, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
    }
  }
}
