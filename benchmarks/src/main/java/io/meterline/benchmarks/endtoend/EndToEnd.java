package io.meterline.benchmarks.endtoend;

import io.meterline.benchmarks.extraction.EventShape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Logs lines whose records an agent puts to a store, and tells what the agent spends on it and
 * where that goes; with a record in each line, and with 95% chatter.
 *
 * <p>{@code EndToEnd LINES}
 */
final class EndToEnd {
  private static final int MOST_WARM_UP = 200_000;

  /** Times as many lines as are timed: kernels take a sample each 4 ms at most. */
  private static final int PROFILED = 3;

  private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(1);

  private EndToEnd() {}

  public static void main(String[] arguments) throws IOException {
    int lines = Integer.parseInt(arguments[0]);
    List<Measured> measured = new ArrayList<>();
    try (StoreProcess store = StoreProcess.start()) {
      measured.add(measure("each line a record", "default", lines, store));
      measured.add(measure("95% chatter", "chatter-95", lines, store));
    }
    new Report(measured).print();
  }

  private static Measured measure(String words, String shapeName, int lines, StoreProcess store)
      throws IOException {
    EventShape shape = EventShape.named(shapeName);
    String uri = "s3://" + Store.BUCKET + "/" + shapeName;
    TimedAgent agent = new TimedAgent(uri, store.settings());
    Pipeline pipeline = new Pipeline(shape, agent);
    int warmUp = Math.min(lines, MOST_WARM_UP);
    pipeline.log(warmUp);
    agent.takeCosts();

    Spending before = Spending.untilNow();
    pipeline.log(lines);
    Spending all = Spending.untilNow().minus(before);
    TimedAgent.Costs costs = agent.takeCosts();

    // Others, so that to look on is no part of what is timed.
    Profile profile = Profile.of(() -> pipeline.log(PROFILED * lines), BETWEEN_SAMPLES);
    int logged = warmUp + lines + PROFILED * lines;
    int records = BucketCheck.records(uri, store.settings(), shape, logged);
    System.err.printf("%s: each of %,d records is in the bucket once%n", words, records);
    return new Measured(
        words, lines, Math.round((double) lines * records / logged), all, costs, profile);
  }

  /**
   * What one shape of lines came to.
   *
   * @param words for the shape
   * @param records in those lines
   */
  record Measured(
      String words,
      int lines,
      long records,
      Spending all,
      TimedAgent.Costs costs,
      Profile profile) {}
}
