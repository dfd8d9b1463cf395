package io.meterline.benchmarks.extraction;

import io.meterline.benchmarks.extraction.Competitor.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times all contenders on one event, round by round in turn, so that what else the machine does
 * meets all alike. Ratios are taken within a round; what is told is their median.
 *
 * <p>{@code Comparison EVENT ROUNDS [NODE_SCRIPT]}
 */
final class Comparison {
  private static final String FLOOR = "floor";
  private static final String METERLINE = "meterline";
  private static final String TREES = "jackson-trees";
  private static final String NODE = "node";

  private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

  private Comparison() {}

  public static void main(String[] arguments) {
    Path event = Path.of(arguments[0]);
    try {
      compare(event, arguments);
    } catch (IOException e) {
      System.err.println("benchmarks: " + event + ": " + e.getMessage());
      System.exit(1);
    }
  }

  private static void compare(Path event, String[] arguments) throws IOException {
    int times = Integer.parseInt(arguments[1]);
    byte[] bytes = Files.readAllBytes(event);
    int records = new SameRecords().check(bytes);
    Runs runs = Runs.of(bytes.length);
    List<Competitor> competitors = new ArrayList<>();
    Comparison comparison = new Comparison();
    try {
      if (arguments.length > 2) {
        NodeCompetitor node = new NodeCompetitor(Path.of(arguments[2]), event, runs);
        if (node.manages()) {
          sameCount(records, node.round().records());
          competitors.add(node);
        }
      }
      for (String name : new String[] {FLOOR, METERLINE, TREES, "jackson-streaming"}) {
        competitors.add(new JavaCompetitor(name, event, runs));
      }
      System.err.printf("all find the same %d records; %d rounds%n", records, times);
      for (int i = 0; i < times; i++) {
        comparison.round(competitors);
      }
    } finally {
      for (Competitor competitor : competitors) {
        competitor.close();
      }
    }
    comparison.tell(records);
  }

  private static void sameCount(int ours, long theirs) throws IOException {
    if (ours != theirs) {
      throw new IOException("meterline finds %d records, node %d".formatted(ours, theirs));
    }
  }

  private void round(List<Competitor> competitors) throws IOException {
    for (Competitor competitor : competitors) {
      rounds.computeIfAbsent(competitor.name(), name -> new ArrayList<>()).add(competitor.round());
    }
  }

  private void tell(int records) {
    System.out.printf(
        "%-18s %10s %14s %10s %22s%n",
        "", "ms", "records/s", "to floor", "bytes/record beyond body");
    for (String name : rounds.keySet()) {
      double millis = median(rounds.get(name).stream().mapToDouble(Round::medianMillis).toArray());
      long allocated = rounds.get(name).getLast().allocated();
      System.out.printf(
          Locale.ROOT,
          "%-18s %10.2f %14s %10.2f %22s%n",
          name,
          millis,
          name.equals(FLOOR) ? "" : Math.round(records / millis * 1000),
          ratio(name, FLOOR),
          name.equals(FLOOR) || allocated < 0 ? "" : allocated / Math.max(1, records));
    }
    System.out.printf(
        Locale.ROOT,
        "ratio_to_floor=%.2f speedup_over_node=%s speedup_over_jackson=%.2f%n",
        ratio(METERLINE, FLOOR),
        rounds.containsKey(NODE)
            ? String.format(Locale.ROOT, "%.2f", ratio(NODE, METERLINE))
            : "n/a",
        ratio(TREES, METERLINE));
  }

  private double ratio(String one, String other) {
    List<Round> first = rounds.getOrDefault(one, List.of());
    List<Round> second = rounds.getOrDefault(other, List.of());
    double[] ratios = new double[first.size()];
    Arrays.setAll(ratios, i -> first.get(i).medianMillis() / second.get(i).medianMillis());
    return median(ratios);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
