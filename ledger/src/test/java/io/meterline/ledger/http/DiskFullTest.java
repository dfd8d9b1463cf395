package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a moment, as a limit on the size of files that is set and lifted. */
final class DiskFullTest {
  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path ledger;
  private ServeProcess server;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "there is no prlimit here");
    ledger = folder.resolve("ledger");
    server = ServeProcess.start(ledger);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    client.close();
  }

  @Test
  void afterIsTheSameAsBefore() throws Exception {
    int stored = 0;
    for (int round = 0; round < 3; round++) {
      assertThat(postUntilStored(stored++)).contains("stored");
      long size = size();
      limit(Long.toString(size + 1_000));
      int refused = 0;
      while (refused < 3) {
        HttpResponse<String> response = post(stored);
        if (response.statusCode() == 200) {
          stored++;
          continue;
        }
        refused++;
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("disk is full").doesNotContain(folder.toString());
        // What was acknowledged can be asked for meanwhile.
        assertThat(get("/api/status").body()).contains("\"rows\":" + 100 * stored + ",");
      }
      limit("unlimited");
      assertThat(postUntilStored(stored++)).contains("stored");
      assertThat(get("/api/status").body())
          .contains("\"objects\":%d,".formatted(stored))
          .contains("\"rows\":%d,".formatted(100 * stored));
    }
    server.close();
    try (Stream<String> log = Files.lines(ServeProcess.log(ledger), UTF_8)) {
      assertThat(log.filter(line -> line.contains("failed"))).hasSizeBetween(1, 3);
    }
    server = ServeProcess.start(ledger);
    assertThat(get("/api/status").body()).contains("\"rows\":%d,".formatted(100 * stored));
  }

  /** The greater of the file and its log: what grows next hits the limit. */
  private long size() throws IOException {
    Path log = Path.of(ledger + ".wal");
    return Math.max(Files.size(ledger), Files.exists(log) ? Files.size(log) : 0);
  }

  private void limit(String bytes) throws Exception {
    String pid = Long.toString(server.pid());
    Process process =
        new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes + ":").inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private String postUntilStored(int batch) throws Exception {
    HttpResponse<String> response = post(batch);
    // Each answer comes at once; the server itself says when it tries again.
    while (response.statusCode() == 503) {
      response = post(batch);
    }
    return response.body();
  }

  private HttpResponse<String> post(int batch) throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      body.append(
          """
          {"meterApiName":"m","customerId":"c","meterTimeInMillis":1,"meterValue":1,"uniqueId":"%d-%d"}
          """
              .formatted(batch, i));
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/ingest"))
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }
}
