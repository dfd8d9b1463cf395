package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.local.FunctionException;
import io.meterline.local.Invocation;
import io.meterline.local.RuntimeProcess;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The artifact under load, killed with SIGKILL at random moments, its events sent again as Lambda
 * does. {@code -Dmeterline.kills=N} kills it as often, {@code -Dmeterline.seed=S} repeats a run's
 * moments, as far as a machine's timing allows.
 */
class KilledAgentIT {
  private static final int KILLS = Integer.getInteger("meterline.kills", 50);
  private static final long SEED = Long.getLong("meterline.seed", System.nanoTime());
  private static final int LINES = 40;

  /** Each try but the last is killed, a third of them on purpose. */
  private static final int MOST_TRIES = 40;

  /** An invocation takes a few milliseconds, and a start about a second: a kill hits either. */
  private static final int LONGEST_LIFE_MILLIS = 1_500;

  private final RandomGenerator random = new java.util.Random(SEED);
  private final Queue<String> printed = new ConcurrentLinkedQueue<>();

  @Test
  void killedAtAnyMomentEachRecordIsThereAndCountsOnce() {
    int kills = 0;
    int events = 0;
    int tries = 0;
    List<String> expected = new ArrayList<>();
    try (Moto moto = new Moto();
        RuntimeProcess agent = Artifact.run(KinesisAgent.class, moto.environment(), printed::add)) {
      while (kills < KILLS) {
        byte[] event = event(events++, expected);
        boolean done = false;
        for (int again = 0; !done; again++) {
          assertThat(again).as("tries of one event: %s", printed).isLessThan(MOST_TRIES);
          tries++;
          int before = agent.starts();
          boolean killed = random.nextInt(3) == 0 && kills < KILLS;
          if (killed) {
            later(random.nextInt(LONGEST_LIFE_MILLIS)).execute(agent::kill);
          }
          done = invoked(agent, event);
          kills += agent.starts() > before && before > 0 ? 1 : 0;
        }
      }
      System.out.printf(
          "killed agent: seed %d, %d kills, %d events in %d tries, %d records%n",
          SEED, kills, events, tries, expected.size());
      List<String> delivered = moto.records();
      assertThat(delivered).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(moto.quarantined()).as("seed %d", SEED).hasSize(events);
      assertThat(moto.keys(Moto.INGEST)).as("seed %d", SEED).hasSize(events);
      assertThat(String.join("\n", printed)).doesNotContain("meter_record_for_", "customerId");
    }
  }

  private static Executor later(int millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  /** An event of its own, with one bad line in it. */
  private static byte[] event(int number, List<String> expected) {
    List<String> records =
        IntStream.range(0, LINES).mapToObj(i -> Lines.record(number + "-" + i)).toList();
    expected.addAll(records);
    List<String> lines = new ArrayList<>(records.stream().map(Lines::node).toList());
    lines.add(number % LINES, Lines.bare("{\"cut\":" + number));
    return LambdaEvents.kinesis(Payload.of(lines).gzip())
        .replace(LambdaEvents.sequenceNumber(0), LambdaEvents.sequenceNumber(number))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean invoked(RuntimeProcess agent, byte[] event) {
    try {
      byte[] answer =
          agent.invoke(new Invocation("request", "agent", Instant.now().plusSeconds(60), event));
      return new String(answer, StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}");
    } catch (FunctionException e) {
      // Its process is gone: Lambda sends the event again.
      return false;
    }
  }
}
