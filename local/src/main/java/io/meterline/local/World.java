package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What all parts share: time, randomness, faults, and who is notified of each step. */
public record World(Timeline timeline, RandomGenerator random, Faults faults, Trace trace) {
  public World {
    requireNonNull(timeline, "timeline is null");
    requireNonNull(random, "random is null");
    requireNonNull(faults, "faults is null");
    requireNonNull(trace, "trace is null");
  }

  /** A world in which nothing goes wrong. */
  public static World quiet(long seed, Instant start, Trace trace) {
    return new World(new Timeline(start), new SplittableRandom(seed), Faults.none(), trace);
  }

  /** A world in which all that happens follows from {@code seed}. */
  public static World seeded(long seed, Instant start, Map<Fault, Double> chances, Trace trace) {
    SplittableRandom random = new SplittableRandom(seed);
    return new World(new Timeline(start), random, new SeededFaults(random.split(), chances), trace);
  }

  /** Whether {@code fault} happens now; that it does is a step of its own. */
  boolean happens(Fault fault, String where) {
    if (!faults.happens(fault, where)) {
      return false;
    }
    note("fault", fault + " at " + where);
    return true;
  }

  Instant now() {
    return timeline.instant();
  }

  void note(String part, String what) {
    trace.step(now(), part, what);
  }

  /** A time of whole milliseconds from {@code low} to {@code high}. */
  Duration between(Duration low, Duration high) {
    return Duration.ofMillis(random.nextLong(low.toMillis(), high.toMillis() + 1));
  }

  /** A random UUID of version 4, as request ids are. */
  String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new java.util.UUID(high, low).toString();
  }
}
