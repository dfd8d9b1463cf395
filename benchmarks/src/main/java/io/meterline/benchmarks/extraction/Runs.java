package io.meterline.benchmarks.extraction;

/**
 * How often each runs: a large event takes long by itself, and a small one is over before a clock
 * tells it.
 */
record Runs(int toWarmUp, int ofRound) {
  private static final int WARM_UP_BYTES = 500_000_000;
  private static final int ROUND_BYTES = 37_000_000;

  static Runs of(int eventBytes) {
    return new Runs(
        Math.clamp(WARM_UP_BYTES / eventBytes, 60, 20_000),
        Math.clamp(ROUND_BYTES / eventBytes, 7, 2_001));
  }
}
