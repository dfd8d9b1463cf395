package io.meterline.benchmarks.ledger;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.http.LedgerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a browser waits for until the page's overview is there: its requests, over HTTP. */
final class FirstView {
  /** The page asks these first. */
  private static final List<String> FIRST = List.of("/", "/api/meters", "/api/status");

  private FirstView() {}

  /** The median, from the first request to the last answer. */
  static double milliseconds(Ledger ledger, int repeats) throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    long newest = ledger.status().newest();
    Instant to = Instant.ofEpochMilli(newest + 1);
    String day = "from=" + to.minus(Duration.ofDays(1)) + "&to=" + to;
    List<String> then =
        List.of("/api/arrivals?minutes=60", "/api/totals?" + day, "/api/records?limit=8&" + day);
    double[] taken = new double[repeats];
    try (LedgerServer server = LedgerServer.start(ledger, free, "");
        HttpClient client = HttpClient.newHttpClient()) {
      URI base = URI.create("http://localhost:" + server.port());
      for (int i = 0; i < repeats; i++) {
        long start = System.nanoTime();
        ask(client, base, FIRST);
        ask(client, base, then);
        taken[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    return Measures.median(taken);
  }

  /** Asks for all at once, as a browser does. */
  private static void ask(HttpClient client, URI base, List<String> paths) throws IOException {
    List<CompletableFuture<HttpResponse<String>>> answers =
        paths.stream()
            .map(path -> HttpRequest.newBuilder(base.resolve(path)).build())
            .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      if (answer.join().statusCode() != 200) {
        throw new IOException(answer.join().uri() + ": " + answer.join().body());
      }
    }
  }
}
