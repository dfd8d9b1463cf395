package io.meterline.benchmarks.extraction;

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

/** Draws the figures of {@link ScaleBenchmark}: time and memory of each kind of input. */
final class ScaleChart {
  private static final int SECONDS = 3;
  private static final int MEMORY = 4;

  private ScaleChart() {}

  /** The file of figures, and that of the chart. */
  public static void main(String[] arguments) throws IOException {
    write(Files.readAllLines(Path.of(arguments[0])), Path.of(arguments[1]));
  }

  static void write(List<String> lines, Path png) throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (String input : List.of(EventScale.INPUT, LogScale.ALL_MARKED, LogScale.FEW_MARKED)) {
      panels.add(panel(lines, input, "time", Unit.SECONDS, SECONDS));
      panels.add(panel(lines, input, "memory", Unit.BYTES, MEMORY));
    }
    Chart.write(panels, 2, png);
  }

  private static Panel panel(List<String> lines, String input, String what, Unit unit, int field) {
    Map<String, SortedMap<Double, Double>> programs = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields[0].equals(input) && Double.parseDouble(fields[field]) > 0) {
        programs
            .computeIfAbsent(fields[1], program -> new TreeMap<>())
            .put(Double.parseDouble(fields[2]), Double.parseDouble(fields[field]));
      }
    }
    return new Panel(input + ": " + what, "bytes", unit, programs);
  }
}
