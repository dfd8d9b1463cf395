package io.meterline.agent;

import io.meterline.RecordBuffer;
import io.meterline.payload.PayloadReader;
import io.meterline.source.Base64Text;

/**
 * What one event after the other is read with. Its buffers have the size of the largest so far: to
 * make them anew for each event takes longer than to check its records.
 */
record Workbench(Base64Text base64, PayloadReader payloads, RecordBuffer records) {
  Workbench(AgentPorts ports) {
    this(
        new Base64Text(), new PayloadReader(ports.extractor(), ports.limits()), new RecordBuffer());
  }

  /** Without what is left of the last event. */
  Workbench cleared() {
    records.truncate(0);
    return this;
  }
}
