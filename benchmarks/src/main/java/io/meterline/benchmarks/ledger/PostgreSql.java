package io.meterline.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL: a server of its own, which listens at a socket in its folder alone. */
@SuppressWarnings("InlineFormatString") // A statement reads best as one piece.
final class PostgreSql implements Peer {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern TIME = Pattern.compile("Time: ([0-9.]+) ms");
  private static final String TABLE =
      """
      DROP TABLE IF EXISTS record;
      CREATE TABLE record (
        meter text, customer text, time bigint, value numeric, unique_id text, region text,
        plan text, path text, PRIMARY KEY (meter, customer, time, unique_id));
      """;
  private static final String LOAD =
      """
      SET work_mem = '128MB';
      CREATE TEMP TABLE stage (LIKE record);
      \\copy stage FROM '%s' CSV
      INSERT INTO record
      SELECT * FROM stage ORDER BY meter, customer, time, unique_id ON CONFLICT DO NOTHING;
      DROP TABLE stage;
      VACUUM ANALYZE record;
      """;

  private final Path folder;
  private final Path binaries;
  private boolean isStarted;

  private PostgreSql(Path folder, Path binaries) {
    this.folder = folder;
    this.binaries = binaries;
  }

  /** Debian's newest, with its files below {@code parent}. */
  static PostgreSql below(Path parent) throws IOException {
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      Path newest =
          versions
              .max(Comparator.comparingInt(path -> Integer.parseInt(path.toFile().getName())))
              .orElseThrow(() -> new IOException("there is no PostgreSQL in " + DEBIAN));
      return new PostgreSql(Files.createDirectories(parent.resolve("pg")), newest.resolve("bin"));
    }
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public void open() throws IOException {
    if (!isStarted) {
      start();
    }
    psql("DROP TABLE IF EXISTS record;" + TABLE);
  }

  private void start() throws IOException {
    if (isRoot()) {
      // The server refuses to run as root.
      new Command(folder, "chown", "postgres", folder.toString()).run("");
    }
    server("initdb", "-D", data(), "--auth=trust", "--username=postgres", "--no-instructions");
    Files.writeString(
        folder.resolve("data/postgresql.conf"),
        """
        listen_addresses = ''
        unix_socket_directories = '%s'
        shared_buffers = 400MB
        max_wal_size = 4GB
        """
            .formatted(folder));
    server("pg_ctl", "-D", data(), "-l", folder.resolve("log").toString(), "-w", "start");
    isStarted = true;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void server(String program, String... arguments) throws IOException {
    Command command = new Command(folder, binaries.resolve(program).toString());
    if (isRoot()) {
      command =
          new Command(
              folder, "runuser", "-u", "postgres", "--", binaries.resolve(program).toString());
    }
    command.with(arguments).run("");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private String psql(String script) throws IOException {
    return new Command(
            folder,
            binaries.resolve("psql").toString(),
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--set=ON_ERROR_STOP=1",
            "--host=" + folder,
            "--username=postgres",
            "postgres")
        .run(script);
  }

  @Override
  public void load(Path csv) throws IOException {
    psql(LOAD.formatted(csv));
  }

  @Override
  public long count() throws IOException {
    return Long.parseLong(psql("SELECT count(*) FROM record;").strip());
  }

  @Override
  public double[] ask(Question question, int repeats) throws IOException {
    String script =
        "SET work_mem = '128MB';\n\\o /dev/null\n\\timing on\n"
            + (question.sql() + ";\n").repeat(repeats);
    return TIME.matcher(psql(script))
        .results()
        .map(MatchResult::group)
        .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
        .toArray();
  }

  @Override
  public long bytes() throws IOException {
    return Long.parseLong(psql("SELECT pg_total_relation_size('record');").strip());
  }

  @Override
  public void close() throws IOException {
    if (isStarted) {
      server("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
      isStarted = false;
    }
    for (Path path : files()) {
      Files.delete(path);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
