package io.meterline.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the same records into the ledger, SQLite and PostgreSQL, a second time as well, and asks
 * them the same; at 10^4 records and each power of ten above. Figures go to {@code ledger.csv}, the
 * chart to {@code ledger.png}.
 */
final class LedgerBenchmark {
  private static final int REPEATS = 5;

  private final Path work;
  private final long mostOfPeers;
  private final List<String> lines = new ArrayList<>();

  private LedgerBenchmark(Path work, long mostOfPeers) {
    this.work = work;
    this.mostOfPeers = mostOfPeers;
  }

  /**
   * How many records at most, for the peers at most, the folder to work in, that of the figures;
   * and the page for tables of them, where there is one.
   */
  public static void main(String[] arguments) throws IOException {
    long most = Long.parseLong(arguments[0]);
    LedgerBenchmark benchmark =
        new LedgerBenchmark(Path.of(arguments[2]), Long.parseLong(arguments[1]));
    Path out = Files.createDirectories(Path.of(arguments[3]));
    benchmark.lines.add(Measures.HEADER);
    for (long records = 10_000; records <= most; records *= 10) {
      benchmark.measure(records);
    }
    Files.write(out.resolve("ledger.csv"), benchmark.lines);
    LedgerChart.write(benchmark.lines, out.resolve("ledger.png"));
    if (arguments.length > 4) {
      LedgerTables.write(benchmark.lines, Path.of(arguments[4]));
    }
  }

  private void measure(long records) throws IOException {
    Path objects = work.resolve("objects");
    BenchmarkRecords.writeObjects(objects, records);
    Path file = work.resolve("usage.ledger");
    ledger("load", file, records, objects);
    // Under other names: else the objects themselves would be known, and not be read.
    Path others = Files.move(objects, work.resolve("others"));
    ledger("again", file, records, others);
    ledger("ask", file, records, others);
    Files.delete(file);
    delete(others);
    if (records <= mostOfPeers) {
      Path csv = work.resolve("records.csv");
      BenchmarkRecords.writeCsv(csv, records);
      try (Sqlite sqlite = new Sqlite(work)) {
        measure(sqlite, csv, records);
      }
      try (PostgreSql postgres = PostgreSql.below(work)) {
        measure(postgres, csv, records);
      }
      Files.delete(csv);
    }
  }

  private void ledger(String what, Path file, long records, Path objects) throws IOException {
    String out =
        new Command(
                work,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx300m",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerSpeed.class.getName(),
                what,
                file.toString(),
                Long.toString(records),
                objects.toString())
            .run("");
    out.lines().forEach(this::add);
  }

  private void measure(Peer peer, Path csv, long records) throws IOException {
    Measures measures = new Measures(peer.name(), records, this::add);
    peer.open();
    measures.add(Measures.LOAD, load(peer, csv, records));
    measures.add(Measures.LOAD_AGAIN, load(peer, csv, records));
    measures.add(Measures.BYTES, (double) peer.bytes());
    for (Question question : Question.values()) {
      measures.add(Measures.milliseconds(question), Measures.median(peer.ask(question, REPEATS)));
    }
  }

  private static double load(Peer peer, Path csv, long records) throws IOException {
    long start = System.nanoTime();
    peer.load(csv);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (peer.count() != records) {
      throw new IOException(
          "%s has %d of %d records".formatted(peer.name(), peer.count(), records));
    }
    return seconds;
  }

  private void add(String line) {
    lines.add(line);
    System.out.println(line);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
