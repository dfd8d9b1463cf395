package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server at random times while several senders deliver to it, who lose one answer of five:
 * they send again until they are told that all is stored. {@code -Dledger.serve.kills=250} kills
 * more often, {@code -Dledger.seed=…} at other times.
 */
final class ServeKillTest {
  private static final int KILLS = Integer.getInteger("ledger.serve.kills", 4);
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final int SENDERS = 4;
  private static final int RECORDS = 20;
  private static final int LOST_OF = 5;

  @TempDir private Path folder;
  private final AtomicInteger again = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile int port;
  private volatile boolean isOver;

  @Test
  void whateverWasAcknowledgedIsStoredOnce() throws Exception {
    Random random = new Random(SEED);
    Path ledger = folder.resolve("ledger");
    ServeProcess server = started(ledger);
    List<Integer> batches = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> senders = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        int number = sender;
        senders.add(threads.submit(() -> send(number, new Random(SEED + number))));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        server.killAfter(50 + random.nextInt(700));
        server = started(ledger);
      }
      isOver = true;
      for (Future<Integer> sender : senders) {
        batches.add(sender.get());
      }
      check(batches);
    } finally {
      isOver = true;
      server.close();
    }
    System.out.printf(
        "killed %d times, batches %s, %d sent again, %d answers lost, seed %d%n",
        KILLS, batches, again.get(), lost.get(), SEED);
  }

  /** Sends batch after batch, each until it is acknowledged; tells how many. */
  private int send(int sender, Random random) throws InterruptedException {
    int batch = 0;
    while (!isOver || batch == 0) {
      byte[] body = body("s%d-%d".formatted(sender, batch));
      while (!isAcknowledged(body, random)) {
        again.incrementAndGet();
        awaitServer();
      }
      batch++;
    }
    return batch;
  }

  /** Waits for a server that is killed to be followed by the next, or for a moment. */
  private void awaitServer() throws InterruptedException {
    synchronized (again) {
      again.wait(20);
    }
  }

  private ServeProcess started(Path ledger) throws IOException {
    ServeProcess server = ServeProcess.start(ledger);
    port = server.port();
    synchronized (again) {
      again.notifyAll();
    }
    return server;
  }

  private boolean isAcknowledged(byte[] body, Random random) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head =
          "POST /api/ingest HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
              .formatted(body.length);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body);
      if (random.nextInt(LOST_OF) == 0) {
        lost.incrementAndGet();
        return false;
      }
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.startsWith("HTTP/1.1 200")
          && answer.split("\"status\":\"(?:stored|duplicate)\"", -1).length == RECORDS + 1;
    } catch (IOException e) {
      return false;
    }
  }

  /** A batch is of a customer of its own, so that usage by customer tells each batch's records. */
  private static byte[] body(String batch) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      body.append(
          """
          {"meterApiName":"m","customerId":"%s","meterTimeInMillis":1,"meterValue":1,"uniqueId":"%s-%d"}
          """
              .formatted(batch, batch, i));
    }
    return body.toString().getBytes(UTF_8);
  }

  private void check(List<Integer> batches) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String usage =
          get(client, "/api/usage?meter=m&from=1970-01-01&to=1970-01-02&group-by=customerId");
      Set<String> rows = Set.copyOf(usage.lines().toList());
      int all = 0;
      for (int sender = 0; sender < SENDERS; sender++) {
        for (int batch = 0; batch < batches.get(sender); batch++) {
          assertThat(rows).contains("s%d-%d,%d".formatted(sender, batch, RECORDS));
        }
        all += batches.get(sender);
      }
      assertThat(rows).hasSize(all + 1);
      assertThat(get(client, "/api/status")).contains("\"rows\":%d,".formatted(all * RECORDS));
    }
  }

  private String get(HttpClient client, String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/csv")
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
