package io.meterline.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline serve} as a process. */
final class ServeProcessTest {
  private final Path home;
  private final Program program;

  ServeProcessTest(@TempDir(factory = InMemory.class) Path home) {
    this.home = home;
    this.program = new Program(home, "--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void servesThePageLoadsTheFolderAndEndsWhenToldTo() throws Exception {
    Path out = Files.createDirectories(home.resolve("out"));
    Files.writeString(
        out.resolve("a.ndjson"),
        """
        {"meterApiName":"m","customerId":"c","meterTimeInMillis":1,"meterValue":2,"uniqueId":"u"}
        """);
    Process process = program.start("serve", "--ledger", "usage", "--port", "0", "--load", "out");
    try (HttpClient client = HttpClient.newHttpClient();
        var printed = process.inputReader()) {
      String page = printed.readLine();
      assertThat(page).matches("http://localhost:\\d+/");
      assertThat(get(client, page)).contains("<title>Meterline</title>");
      String status = "";
      // Each question waits for its answer: the loop turns slowly, and the watch is soon there.
      while (process.isAlive() && !status.contains("\"rows\":1")) {
        status = get(client, page + "api/status");
      }
      assertThat(status).contains("\"rows\":1");
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(1, MINUTES)).isTrue();
    assertThat(program.run("ledger", "status", "--ledger", "usage").out())
        .contains("rows         1");
  }

  @Test
  void commandsAskTheServerAndAnswerAsTheFileDoes() throws Exception {
    Files.writeString(
        home.resolve("a.ndjson"),
        """
        {"meterApiName":"m","customerId":"c é","meterTimeInMillis":1792886400000,"meterValue":2.50,"uniqueId":"u","dimensions":{"value":"x"}}
        {"meterApiName":"m","customerId":"d","meterTimeInMillis":1792890000000,"meterValue":1e20,"uniqueId":"v"}
        """);
    Files.writeString(home.resolve("token"), "secret-token\n");
    Files.writeString(home.resolve("meters.yaml"), "meters: {m: {aggregation: SUM, unit: GB}}");
    program.run("ledger", "load", "--ledger", "usage", "a.ndjson");
    List<String[]> questions =
        List.of(
            usage("--csv", "--group-by", "customerId,value"),
            usage("--json", "--window", "hour", "--zone", "Europe/Berlin", "--fill"),
            usage("--group-by", "customerId", "--window", "day", "--top", "1"),
            usage("--filter", "customerId=dd"),
            usage("--filter", "customerId=d", "--filter", "value=x"),
            new String[] {"ledger", "meters", "--ledger", "usage"},
            new String[] {"ledger", "status", "--ledger", "usage"});
    List<Program.Ended> ofFile = new ArrayList<>();
    for (String[] question : questions) {
      ofFile.add(program.run(question));
    }
    Path serving = home.resolve("usage.serving");
    Process process =
        program.start("serve", "--ledger", "usage", "--port", "0", "--token-file", "token");
    try (var printed = process.inputReader()) {
      String page = printed.readLine();
      assertThat(Files.readString(serving)).doesNotContain("secret").contains("127.0.0.1:");
      assertThat(Files.getPosixFilePermissions(serving))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      Program.Ended refused = program.run(questions.getFirst());
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.counts()).contains("asks for a token: set METERLINE_TOKEN, or give");
      Program asking = new Program(home).with(Map.of("METERLINE_TOKEN", "secret-token"));
      for (int i = 0; i < questions.size(); i++) {
        assertThat(asking.run(questions.get(i))).isEqualTo(ofFile.get(i));
      }
      String[] byAddress = questions.getFirst().clone();
      byAddress[2] = page;
      assertThat(asking.run(byAddress)).isEqualTo(ofFile.getFirst());
      Program.Ended defined =
          program.run(
              "ledger",
              "meters",
              "--ledger",
              "usage",
              "--token-file",
              "token",
              "--define",
              "meters.yaml");
      assertThat(defined.out()).containsExactly("m: SUM in GB");
      Program.Ended load = program.run("ledger", "load", "--ledger", "usage", "a.ndjson");
      assertThat(load.code()).isEqualTo(1);
      assertThat(load.counts())
          .contains("process " + process.pid() + " serves this ledger at http://127.0.0.1:")
          .contains("'meterline serve --load PLACE' loads objects while it serves");
      assertThat(program.run("ledger", "load", "--ledger", page, "a.ndjson").code()).isEqualTo(2);
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(1, MINUTES)).isTrue();
    assertThat(serving).doesNotExist();
  }

  private static String[] usage(String... more) {
    return Stream.concat(
            Stream.of(
                "usage",
                "--ledger",
                "usage",
                "--meter",
                "m",
                "--from",
                "2026-10-25",
                "--to",
                "2026-10-26"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void aPortThatIsTakenIsSaidToBe() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Program.Ended ended =
          program.run(
              "serve", "--ledger", "usage", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort())
          .contains("--port 0");
    }
  }

  @Test
  void anotherAddressNeedsAToken() throws Exception {
    Program.Ended ended = program.run("serve", "--ledger", "usage", "--host", "0.0.0.0");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().getFirst())
        .isEqualTo(
            "meterline: --host: 0.0.0.0 can be reached from other machines; give --token-file FILE");
    assertThat(home.resolve("usage")).doesNotExist();
  }

  private static String get(HttpClient client, String address) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
