package io.meterline.cli;

import static io.meterline.cli.Material.lines;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.IngestReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code meterline run} to receivers over HTTP, first of all to {@code meterline serve}. */
final class RunOverHttpProcessTest {
  private static final String TOKEN = "token-Zq81xv";
  private static final String LINE =
      "2022-09-13T19:21:45.062Z INFO meter_record_for_stream {\"meterApiName\":\"api-calls\",\"customerId\":\"c%d\",\"meterValue\":%s,\"meterTimeInMillis\":1663094105062,\"uniqueId\":\"r%d\"}\n";

  private final Path home;

  RunOverHttpProcessTest(@TempDir(factory = InMemory.class) Path home) throws IOException {
    this.home = home;
    Files.writeString(home.resolve("token"), TOKEN + "\n");
    Files.writeString(home.resolve("app.log"), lines(0, 300));
  }

  @Test
  void aServerTakesAllAndWhatItRefusesIsInQuarantineWithItsReason() throws Exception {
    Files.writeString(
        home.resolve("app.log"),
        lines(0, 300)
            // Another value under an id that is there, and a number that would be rounded.
            + LINE.formatted(7, "2", 7)
            + LINE.formatted(1, "1" + "0".repeat(39) + ".5", 301));
    try (Served served = new Served()) {
      Program.Ended ended = run(TOKEN, served.url());
      assertThat(ended.code()).as("%s", ended.err()).isZero();
      assertThat(ended.counts()).contains("records=300 quarantined=2 ");
      assertThat(quarantined())
          .hasSize(2)
          .allMatch(entry -> entry.contains("\"reason\":\"refused\""))
          .anyMatch(entry -> entry.contains("\"detail\":\"conflict: different-content: "))
          .anyMatch(entry -> entry.contains("\"detail\":\"conflict: "));
      Program.Ended again = run(TOKEN, served.url());
      assertThat(again.err().getFirst()).endsWith("app.log: nothing new");
    }
    assertThat(status()).contains("rows         300");
  }

  @Test
  void aWrongKeyFailsTheRunAndTheRightOneDeliversAll() throws Exception {
    try (Served served = new Served()) {
      for (int i = 0; i < 2; i++) {
        Program.Ended refused = run("wrong", served.url());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
            .anySatisfy(
                line ->
                    assertThat(line)
                        .startsWith("meterline: ")
                        .contains(served.url() + ": answers 401")
                        .contains("the key in X-API-KEY is refused"))
            .noneMatch(line -> line.contains("nothing new"));
        assertThat(quarantined()).isEmpty();
      }
      Program.Ended missing = run("", served.url());
      assertThat(missing.err()).anyMatch(line -> line.contains("missing: set METERLINE_API_KEY"));
      Program.Ended right = run(TOKEN, served.url());
      assertThat(right.code()).isZero();
      assertThat(right.counts()).contains("records=300 quarantined=0 ");
    }
    assertThat(status()).contains("rows         300");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 409})
  void whatRefusesEverythingGetsFewRequestsAndTheCorrectedUrlGetsAll(int status) throws Exception {
    try (IngestReceiver wrong = IngestReceiver.start(TOKEN);
        IngestReceiver right = IngestReceiver.start(TOKEN)) {
      wrong.refuse(text -> true, status, "unknown account");
      Program.Ended refused = run(TOKEN, wrong.url().toString(), "--state", "state");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .anySatisfy(
              line -> assertThat(line).contains("answers " + status + " \"unknown account\""))
          .noneMatch(line -> line.contains("nothing new"));
      assertThat(wrong.requests()).hasSizeLessThan(40);
      assertThat(quarantined()).isEmpty();
      Program.Ended corrected = run(TOKEN, right.url().toString(), "--state", "state");
      assertThat(corrected.code()).isZero();
      assertThat(right.accepted().stream().flatMap(List::stream)).hasSize(300);
    }
  }

  @Test
  void whoAsksForItGetsRefusedRecordsIntoQuarantine() throws Exception {
    try (IngestReceiver receiver = IngestReceiver.start(TOKEN)) {
      receiver.refuse(text -> true, 409, "closed");
      Program.Ended ended = run(TOKEN, receiver.url().toString(), "--quarantine-refused");
      assertThat(ended.code()).isZero();
      assertThat(ended.counts()).contains("records=0 quarantined=300 ");
      assertThat(ended.err()).noneMatch(line -> line.contains("nothing new"));
      assertThat(quarantined())
          .hasSize(300)
          .allMatch(entry -> entry.contains("\"detail\":\"answers 409: closed\""));
    }
  }

  private Program.Ended run(String key, String to, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--from", "file:app.log", "--quarantine", "dir:q"));
    arguments.addAll(List.of("--to", to));
    arguments.addAll(List.of(more));
    return program(key).run(arguments.toArray(String[]::new));
  }

  private Program program(String key) {
    return new Program(home, "--enable-native-access=ALL-UNNAMED")
        .with(
            Map.of(
                "XDG_STATE_HOME", home.resolve("state-home").toString(), "METERLINE_API_KEY", key));
  }

  private String status() throws Exception {
    return String.join("\n", program("").run("ledger", "status", "--ledger", "usage").out());
  }

  private List<String> quarantined() throws IOException {
    List<String> entries = new ArrayList<>();
    if (Files.isDirectory(home.resolve("q"))) {
      try (Stream<Path> files = Files.walk(home.resolve("q"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          entries.addAll(Files.readAllLines(file));
        }
      }
    }
    return entries;
  }

  /** The server as a process, which asks for the token. */
  private final class Served implements AutoCloseable {
    private final Process process;
    private final String url;

    Served() throws IOException {
      process =
          program("").start("serve", "--ledger", "usage", "--port", "0", "--token-file", "token");
      String page = process.inputReader().readLine();
      assertThat(page).matches("http://localhost:\\d+/");
      url = page.replace("localhost", "127.0.0.1") + "api/ingest";
    }

    String url() {
      return url;
    }

    @Override
    public void close() {
      process.destroy();
      assertThat(process.onExit().orTimeout(1, MINUTES).join().isAlive()).isFalse();
    }
  }
}
