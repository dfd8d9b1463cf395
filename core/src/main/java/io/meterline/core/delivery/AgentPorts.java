package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Markers;
import io.meterline.core.rule.Mapping;

/**
 * What an agent works with: nothing in it changes from event to event.
 *
 * @param body the bounds of one delivered body
 */
public record AgentPorts(
    Markers markers,
    Limits limits,
    Mapping mapping,
    MeterSink sink,
    Quarantine quarantine,
    PartLimits body) {
  /** Ports without rules: only what follows a marker is a record. */
  public AgentPorts(
      Markers markers, Limits limits, MeterSink sink, Quarantine quarantine, PartLimits body) {
    this(markers, limits, Mapping.NONE, sink, quarantine, body);
  }

  public AgentPorts {
    requireNonNull(markers, "markers is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(mapping, "mapping is null");
    requireNonNull(sink, "sink is null");
    requireNonNull(quarantine, "quarantine is null");
    requireNonNull(body, "body is null");
  }

  Extractor extractor() {
    return new Extractor(markers, limits, mapping);
  }
}
