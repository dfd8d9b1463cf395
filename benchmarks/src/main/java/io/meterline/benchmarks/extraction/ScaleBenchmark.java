package io.meterline.benchmarks.extraction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Time and memory by the size of the input: {@code ScaleBenchmark ROOT WORK OUT MEGABYTES}. Writes
 * {@code scale.csv} and {@code scale.png}; the table of log files goes to standard output.
 */
final class ScaleBenchmark {
  private static final String HEADER = "input,program,bytes,seconds,memory bytes";

  private final List<String> lines = new ArrayList<>(List.of(HEADER));

  private ScaleBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[1]);
    Path out = Path.of(arguments[2]);
    ScaleBenchmark benchmark = new ScaleBenchmark();
    EventScale.measure(benchmark::add);
    LogScale logs = new LogScale(Path.of(arguments[0]), work, benchmark::add);
    long most = Long.parseLong(arguments[3]);
    for (long megabytes = 1; megabytes < most; megabytes *= 10) {
      logs.measure(megabytes);
    }
    logs.measure(most);
    Files.write(out.resolve("scale.csv"), benchmark.lines);
    ScaleChart.write(benchmark.lines, out.resolve("scale.png"));
    System.out.print(logs.table());
  }

  private void add(Point point) {
    lines.add(point.toString());
    System.err.println(point);
  }

  /** What a program took for an input; memory is 0 where nobody knows. */
  record Point(String input, String program, long bytes, double seconds, long memory) {
    @Override
    public String toString() {
      return "%s,%s,%d,%.6f,%d".formatted(input, program, bytes, seconds, memory);
    }
  }
}
