package io.meterline.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** SQLite, by its command {@code sqlite3}. */
@SuppressWarnings("InlineFormatString") // A statement reads best as one piece.
final class Sqlite implements Peer {
  private static final Pattern TIME = Pattern.compile("Run Time: real ([0-9.]+)");

  /** The key tells records apart, and has them in the order in which a customer's are asked for. */
  private static final String TABLE =
      """
      PRAGMA journal_mode = WAL;
      CREATE TABLE record (
        meter TEXT, customer TEXT, time INTEGER, value NUMERIC, unique_id TEXT, region TEXT,
        plan TEXT, path TEXT, PRIMARY KEY (meter, customer, time, unique_id)) WITHOUT ROWID;
      """;

  private static final String LOAD =
      """
      PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = -400000;
      CREATE TEMP TABLE stage (
        meter TEXT, customer TEXT, time INTEGER, value NUMERIC, unique_id TEXT, region TEXT,
        plan TEXT, path TEXT);
      .import --csv '%s' stage
      INSERT OR IGNORE INTO record
      SELECT * FROM stage ORDER BY meter, customer, time, unique_id;
      """;

  private final Path file;
  private final Command command;

  Sqlite(Path folder) {
    this.file = folder.resolve("records.sqlite");
    this.command = new Command(folder, "sqlite3", "-batch", file.toString());
  }

  @Override
  public String name() {
    return "SQLite";
  }

  @Override
  public void open() throws IOException {
    Files.deleteIfExists(file);
    command.run(TABLE);
  }

  @Override
  public void load(Path csv) throws IOException {
    command.run(LOAD.formatted(csv));
  }

  @Override
  public long count() throws IOException {
    return Long.parseLong(command.run("SELECT count(*) FROM record;").strip());
  }

  @Override
  public double[] ask(Question question, int repeats) throws IOException {
    String script =
        "PRAGMA cache_size = -400000;\n.output /dev/null\n.timer on\n"
            + (question.sql() + ";\n").repeat(repeats);
    return TIME.matcher(command.run(script))
        .results()
        .map(MatchResult::group)
        .mapToDouble(line -> 1000 * Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .toArray();
  }

  @Override
  public long bytes() throws IOException {
    return Files.size(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
