package io.meterline.benchmarks.extraction;

import java.io.IOException;

/** Who is timed, round by round, in a process of its own. */
interface Competitor extends AutoCloseable {
  String name();

  /** Runs for about as long as the others do. */
  Round round() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * What came of it.
   *
   * @param allocated bytes beyond the body that a run allocates; negative where nobody knows
   */
  record Round(double medianMillis, long records, long allocated) {}
}
