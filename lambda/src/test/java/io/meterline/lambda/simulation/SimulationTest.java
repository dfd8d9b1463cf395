package io.meterline.lambda.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.lambda.simulation.Scenario.Outcome;
import io.meterline.local.TraceText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The agents in a world where everything fails. {@code -Dmeterline.simulation.seeds=N} tries as
 * many seeds, {@code -Dmeterline.simulation.first=S} begins at another one.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("meterline.simulation.first", 1);
  private static final int SEEDS = Integer.getInteger("meterline.simulation.seeds", 500);
  private static final int SEEDS_A_FAULT = 150;

  @Test
  void theBooksBalanceWhateverHappens() {
    List<Outcome> outcomes =
        LongStream.range(FIRST, FIRST + SEEDS)
            .parallel()
            .mapToObj(seed -> new Scenario(seed, Variant.HONEST, (at, part, what) -> {}).run())
            .toList();
    Map<String, Integer> faults = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      assertThat(outcome.wrong())
          .as(
              "seed %d; again with: mvn -B -pl lambda -am verify -Dtest=SimulationTest"
                  + " -Dsurefire.failIfNoSpecifiedTests=false -Dmeterline.simulation.first=%d"
                  + " -Dmeterline.simulation.seeds=1",
              outcome.seed(), outcome.seed())
          .isEmpty();
      outcome.faults().forEach((fault, n) -> faults.merge(fault.name(), n, Integer::sum));
      outcome.puts().forEach((fate, n) -> faults.merge("PUT_" + fate.name(), n, Integer::sum));
    }
    System.out.printf(
        "simulation: %d seeds from %d, %d virtual hours, %d records delivered, faults %s%n",
        SEEDS,
        FIRST,
        outcomes.stream().mapToLong(outcome -> outcome.lasted().toHours()).sum(),
        outcomes.stream().mapToLong(Outcome::records).sum(),
        faults);
  }

  @Test
  void aSeedRepeatsToTheByte() {
    TraceText first = new TraceText();
    TraceText second = new TraceText();
    new Scenario(7, Variant.HONEST, first).run();
    new Scenario(7, Variant.HONEST, second).run();
    assertThat(second.toString()).isEqualTo(first.toString()).isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aFaultBuiltInIsFound() {
    return Stream.of(BuiltInFault.values())
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.name(),
                    () ->
                        assertThat(foundWithin(fault))
                            .as("no seed of %d found it", SEEDS_A_FAULT)
                            .isTrue()));
  }

  private static boolean foundWithin(BuiltInFault fault) {
    for (long seed = 1; seed <= SEEDS_A_FAULT; seed++) {
      Outcome outcome = new Scenario(seed, fault, (at, part, what) -> {}).run();
      if (!outcome.wrong().isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
