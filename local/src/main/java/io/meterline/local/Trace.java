package io.meterline.local;

import java.time.Instant;

/** Receives each step of the simulation. */
@FunctionalInterface
public interface Trace {
  /**
   * Receives a step that was just taken.
   *
   * @param part who took the step: {@code logs}, {@code kinesis}, {@code mapping}, {@code async},
   *     {@code function} or {@code fault}
   * @param what the step in words, without the text of any log event
   */
  void step(Instant at, String part, String what);
}
