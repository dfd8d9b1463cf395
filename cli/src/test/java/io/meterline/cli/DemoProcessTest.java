package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as a process. */
final class DemoProcessTest {
  private static final Pattern ROW =
      Pattern.compile("([a-z0-9-]+) +(\\d+) +(\\d+) +(\\d+) +(\\d+) +(.+? m?s|-) +(.+? m?s|-)");

  private final Program program;
  private final Path home;

  DemoProcessTest(@TempDir Path home) {
    this.home = home;
    program = new Program(home);
  }

  @Test
  void allThatIsSentArrivesAndTheFoldersAreKept() throws Exception {
    Program.Ended ended =
        program.run(
            "demo", "--port", "0", "--requests", "50", "--bad", "20", "--exit", "--dir", "out");
    assertThat(ended.code()).as("%s %s", ended.out(), ended.err()).isZero();
    assertThat(rows(ended.out()))
        .extracting(
            row -> row.way() + " " + row.sent() + " " + (row.delivered() + row.quarantined()))
        .containsExactly(
            "direct-api 10 10",
            "direct-s3 10 10",
            "direct-sqs 10 10",
            "cw-subscriber 10 10",
            "stream-subscriber 10 10");
    assertThat(rows(ended.out()).stream().mapToLong(Row::quarantined).sum()).isEqualTo(4);
    assertThat(rows(ended.out())).extracting(Row::duplicates).containsOnly(0L);
    assertThat(ended.out().getLast())
        .startsWith("50 sent, 0 missing; the ledger counts 46 records");
    assertThat(files("out/ingest-bucket", ".json"))
        .allMatch(file -> file.matches("ingest/records/\\d{4}-\\d\\d-\\d\\d/[0-9a-f]{40}\\.json"));
    assertThat(files("out/quarantine-bucket", ".ndjson")).isNotEmpty();
    assertThat(Files.readString(home.resolve("out/agents.log")))
        .doesNotContain("meter_record_for")
        .doesNotContain("customerId\"");
    assertThat(program.run("ledger", "status", "--ledger", "out/usage.ledger").code()).isZero();
  }

  @Test
  void aMistakeInTheRulesIsToldBeforeAnythingStarts() throws Exception {
    Files.writeString(
        home.resolve("rules.yaml"),
        """
        rules:
          - name: calls
            json: true
            record: {meterApiName: "'calls'", customer: line.user, meterValue: 1 +}
        """);
    Program.Ended ended =
        program.run("demo", "--mapping", "rules.yaml", "--port", "0", "--exit", "--dir", "out");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .anyMatch(line -> line.matches("rules\\.yaml:4:\\d+: .*'customer'.*'customerId'.*"))
        .anyMatch(line -> line.matches("rules\\.yaml:4:\\d+: rule 'calls', meterValue: .*"));
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void underChaosTheTableStillAddsUp() throws Exception {
    Program.Ended ended =
        program.run(
            "demo",
            "--chaos",
            "--seed",
            "7",
            "--port",
            "0",
            "--requests",
            "400",
            "--bad",
            "10",
            "--exit");
    assertThat(ended.code()).as("%s %s", ended.out(), ended.err()).isZero();
    List<Row> rows = rows(ended.out());
    assertThat(rows).hasSize(5).extracting(Row::sent).containsOnly(80L);
    assertThat(rows.stream().mapToLong(Row::delivered).sum()).isEqualTo(384);
    assertThat(rows.stream().mapToLong(Row::quarantined).sum()).isEqualTo(16);
    assertThat(ended.out())
        .anyMatch(line -> line.startsWith("400 sent, 0 missing; the ledger counts 384 records"))
        .anyMatch(line -> line.matches("chaos: put-failed [1-9]\\d*,.*"));
  }

  @Test
  void anInterruptEndsItWithTheTable() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "signals need a kill");
    Process process = program.startTogether("demo", "--port", "0");
    try (BufferedReader lines = process.inputReader(UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String api = told(lines, "API +(http://127\\.0\\.0\\.1:\\d+/)");
      String bucket = told(lines, "bucket +(\\S+)");
      for (String word : List.of("direct-sqs", "cw-subscriber", "stream-subscriber")) {
        var answer =
            client.send(
                HttpRequest.newBuilder(URI.create(api + word))
                    .POST(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
      assertThat(Path.of(bucket)).isDirectory();
      new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(told(lines, "(3 sent, 0 missing);")).isNotEmpty();
      assertThat(process.waitFor(1, MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(Path.of(bucket)).doesNotExist();
    }
  }

  @Test
  void aTakenPortIsNamedWhereItWasAskedFor() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Program.Ended ended = program.run("demo", "--port", port, "--exit");
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err())
          .containsExactly(
              "meterline: port %s is taken; --port 0 takes one that is free".formatted(port));
    }
  }

  @Test
  void withoutAPortTheNextFreeOneIsTaken() throws Exception {
    // Whether 8080 is taken here already or by this: then it is not the one.
    try (ServerSocket taken = new ServerSocket()) {
      try {
        taken.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
      } catch (IOException e) {
        assertThat(e).isInstanceOf(java.net.BindException.class);
      }
      Program.Ended ended = program.run("demo", "--requests", "5", "--exit");
      assertThat(ended.code()).isZero();
      assertThat(ended.err().getFirst()).matches("API +http://127\\.0\\.0\\.1:8[01]\\d\\d/.*");
      assertThat(ended.err().getFirst()).doesNotContain(":8080/");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--port 70000|--port: 70000 is not from 0 to 65535",
        "--requests -1|--requests: -1 is negative",
        "--bad 101|--bad: 101.0 is not from 0 to 100",
        "--bad NaN|--bad: NaN is not from 0 to 100",
        "--requests many|Invalid value for option '--requests'",
        "--cahos|unknown option '--cahos'",
      })
  void wrongUsageIsTold(String arguments, String why) throws Exception {
    Program.Ended ended = program.run(("demo " + arguments).split(" ", -1));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().getFirst()).startsWith("meterline: " + why);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aFolderThatIsNotItsOwnIsLeftAlone() throws Exception {
    Files.createDirectory(home.resolve("full"));
    Files.writeString(home.resolve("full/mine"), "x");
    Program.Ended full = program.run("demo", "--exit", "--dir", "full");
    assertThat(full.code()).isEqualTo(1);
    assertThat(full.err())
        .singleElement()
        .asString()
        .endsWith("full: there is something in it; give a new folder or an empty one");
    assertThat(home.resolve("full")).isDirectoryContaining("glob:**/mine");

    Files.writeString(home.resolve("file"), "x");
    Program.Ended file = program.run("demo", "--exit", "--dir", "file");
    assertThat(file.code()).isEqualTo(1);
    assertThat(file.err())
        .singleElement()
        .asString()
        .endsWith("file: a file, where a folder is expected");
    Program.Ended below = program.run("demo", "--exit", "--dir", "file/below");
    assertThat(below.code()).isEqualTo(1);
    assertThat(below.err()).singleElement().asString().startsWith("meterline: /");
  }

  private static List<Row> rows(List<String> out) {
    return out.stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                new Row(
                    row.group(1),
                    Long.parseLong(row.group(2)),
                    Long.parseLong(row.group(3)),
                    Long.parseLong(row.group(4)),
                    Long.parseLong(row.group(5))))
        .toList();
  }

  private List<String> files(String folder, String suffix) throws IOException {
    Path root = home.resolve(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }

  /** What a line that the process prints says, once it does. */
  private static String told(BufferedReader lines, String line) throws IOException {
    Pattern pattern = Pattern.compile(line);
    for (String printed = lines.readLine(); printed != null; printed = lines.readLine()) {
      Matcher matcher = pattern.matcher(printed);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new AssertionError("it does not say " + line);
  }

  private record Row(String way, long sent, long delivered, long quarantined, long duplicates) {}
}
