package io.meterline.local;

import java.time.Instant;

/** A trace as text, a line a step. Two runs of one seed have the same, byte for byte. */
public final class TraceText implements Trace {
  private final StringBuilder lines = new StringBuilder();

  @Override
  public void step(Instant at, String part, String what) {
    lines.append(at).append(' ').append(part).append(' ').append(what).append('\n');
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
