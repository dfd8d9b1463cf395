package io.meterline.benchmarks.ledger;

import io.meterline.benchmarks.Chart;
import io.meterline.benchmarks.Chart.Panel;
import io.meterline.benchmarks.Chart.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws the figures: a panel for each measure, with time over records. */
final class LedgerChart {
  /** What a clock tells as nothing. */
  private static final double LEAST_SECONDS = 0.0001;

  private LedgerChart() {}

  public static void main(String[] arguments) throws IOException {
    write(Files.readAllLines(Path.of(arguments[0])), Path.of(arguments[1]));
  }

  static void write(List<String> lines, Path png) throws IOException {
    List<Panel> panels = new ArrayList<>();
    panels.add(panel("load", Measures.LOAD, 1, lines));
    panels.add(panel("load again: all duplicates", Measures.LOAD_AGAIN, 1, lines));
    for (Question question : Question.values()) {
      panels.add(panel(question.words(), Measures.milliseconds(question), 1000, lines));
    }
    Chart.write(panels, 3, png);
  }

  private static Panel panel(String title, String measure, double unit, List<String> lines) {
    Map<String, SortedMap<Double, Double>> stores = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields[2].equals(measure)) {
        stores
            .computeIfAbsent(fields[0], store -> new TreeMap<>())
            .put(
                Double.parseDouble(fields[1]),
                Math.max(LEAST_SECONDS, Double.parseDouble(fields[3]) / unit));
      }
    }
    return new Panel(title, "records", Unit.SECONDS, stores);
  }
}
