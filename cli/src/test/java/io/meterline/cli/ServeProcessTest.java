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
import java.util.List;
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
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(List.of("meterline: 0.0.0.0 is reached from outside: a token is needed there"));
  }

  private static String get(HttpClient client, String address) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
