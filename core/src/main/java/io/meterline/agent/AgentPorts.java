package io.meterline.agent;

import static java.util.Objects.requireNonNull;

import io.meterline.Limits;
import io.meterline.MeterSink;
import io.meterline.PartLimits;
import io.meterline.Quarantine;
import io.meterline.extract.Extractor;
import io.meterline.extract.Mapping;
import io.meterline.extract.Markers;

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
  /** Ports without rules: only what stands behind a marker is a record. */
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
