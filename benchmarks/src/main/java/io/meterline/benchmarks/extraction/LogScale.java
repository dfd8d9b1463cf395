package io.meterline.benchmarks.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterline.benchmarks.extraction.EventShape.Line;
import io.meterline.benchmarks.extraction.ScaleBenchmark.Point;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Log files of all sizes, each read by a process of its own, in turn; memory is the most that was
 * resident. The file was just written, so that it is read from memory.
 */
final class LogScale {
  static final String ALL_MARKED = "a record in each line";
  static final String FEW_MARKED = "one in every twentieth line";

  private static final String READLINE = "Node.js readline";
  private static final String CHUNKS = "Node.js chunks";
  private static final String GREP = "grep -c";
  private static final int MEGABYTE = 1_000_000;
  private static final int ROUNDS = 3;

  private final Path root;
  private final Path work;
  private final Consumer<Point> out;
  private final StringBuilder table =
      new StringBuilder("| input | bytes | program | seconds | MB/s | to readline | to chunks |\n")
          .append("| --- | --- | --- | --- | --- | --- | --- |\n");

  LogScale(Path root, Path work, Consumer<Point> out) {
    this.root = root;
    this.work = work;
    this.out = out;
  }

  /** By program, the most thorough one first. */
  private Map<String, List<String>> programs(Path log) {
    Map<String, List<String>> programs = new LinkedHashMap<>();
    String meterline = root.resolve("meterline").toString();
    programs.put("extract", List.of(meterline, "extract", log.toString()));
    programs.put(
        "run",
        List.of(
            meterline,
            "run",
            "--from",
            "file:" + log,
            "--to",
            "dir:" + work.resolve("out"),
            "--state",
            work.resolve("state").toString()));
    programs.put(READLINE, node("readline.mjs", log));
    programs.put(CHUNKS, node("lines.mjs", log));
    programs.put(GREP, List.of("grep", "-c", "meter_record_for_", log.toString()));
    return programs;
  }

  private List<String> node(String script, Path log) {
    return List.of("node", root.resolve("benchmarks").resolve(script).toString(), log.toString());
  }

  void measure(long megabytes) throws IOException {
    measure(ALL_MARKED, 0, megabytes);
    measure(FEW_MARKED, 95, megabytes);
  }

  private void measure(String input, int chatter, long megabytes) throws IOException {
    Path log = work.resolve("app.log");
    write(log, chatter, megabytes);
    Map<String, List<Spent>> spent = new LinkedHashMap<>();
    Map<String, List<String>> programs = programs(log);
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, List<String>> program : programs.entrySet()) {
        delete(work.resolve("out"));
        delete(work.resolve("state"));
        spent
            .computeIfAbsent(program.getKey(), name -> new ArrayList<>())
            .add(Spent.by(program.getValue(), output(program.getKey())));
      }
    }
    long bytes = Files.size(log);
    Map<String, Spent> medians = new LinkedHashMap<>();
    spent.forEach((program, rounds) -> medians.put(program, median(rounds)));
    double readline = requireNonNull(medians.get(READLINE)).seconds();
    double chunks = requireNonNull(medians.get(CHUNKS)).seconds();
    medians.forEach(
        (program, median) -> {
          out.accept(new Point(input, program, bytes, median.seconds(), median.memory()));
          table.append(
              "| %s | %,d | %s | %.2f | %,.0f | %.1f | %.1f |\n"
                  .formatted(
                      input,
                      bytes,
                      program,
                      median.seconds(),
                      bytes / median.seconds() / MEGABYTE,
                      readline / median.seconds(),
                      chunks / median.seconds()));
        });
    delete(work.resolve("out"));
    delete(work.resolve("state"));
    Files.delete(log);
  }

  /** What grep finds goes to a file: it looks no further than the first line for nobody. */
  private Path output(String program) {
    return program.equals(GREP) ? work.resolve("count") : Path.of("/dev/null");
  }

  private static Spent median(List<Spent> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Spent::seconds))
        .toList()
        .get(rounds.size() / 2);
  }

  private static void write(Path log, int chatter, long megabytes) throws IOException {
    SampleEvent lines = new SampleEvent(new EventShape(1, 1, chatter, Line.TEXT));
    StringBuilder some = new StringBuilder();
    while (some.length() < MEGABYTE) {
      some.append(lines.line());
    }
    byte[] megabyte = some.toString().getBytes(UTF_8);
    try (OutputStream file = Files.newOutputStream(log)) {
      for (long i = 0; i < megabytes; i++) {
        file.write(megabyte);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** The table of all that was measured, in Markdown. */
  String table() {
    return table.toString();
  }
}
