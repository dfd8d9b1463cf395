package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Faults drawn from a generator, each with a chance of its own, and counted. */
public final class SeededFaults implements Faults {
  private final RandomGenerator random;
  private final Map<Fault, Double> chances;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private boolean stopped;

  /**
   * @param chances from 0 to 1; a fault without one doesn't happen
   */
  public SeededFaults(RandomGenerator random, Map<Fault, Double> chances) {
    this.random = requireNonNull(random, "random is null");
    this.chances = new EnumMap<>(Fault.class);
    chances.forEach(
        (fault, chance) -> {
          if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException(fault + " has a chance of " + chance);
          }
          this.chances.put(fault, chance);
        });
  }

  @Override
  public boolean happens(Fault fault, String where) {
    double chance = stopped ? 0 : chances.getOrDefault(fault, 0.0);
    if (chance == 0 || random.nextDouble() >= chance) {
      return false;
    }
    counts.merge(fault, 1, Integer::sum);
    return true;
  }

  /** Lets nothing go wrong from here on, so that a scenario can come to its end. */
  public void stop() {
    stopped = true;
  }

  /** How often each fault has happened, of those that have. */
  public Map<Fault, Integer> counts() {
    return Map.copyOf(counts);
  }
}
