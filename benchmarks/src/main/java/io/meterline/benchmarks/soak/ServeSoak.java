package io.meterline.benchmarks.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Readers, writers and slow clients of a server whose disk is filled and emptied. In the end all
 * that was acknowledged must be stored once.
 */
public final class ServeSoak {
  private static final int READERS = 4;
  private static final int WRITERS = 8;
  private static final int SLOW = 8;
  private static final int RECORDS = 20;
  private static final List<String> QUESTIONS =
      List.of(
          "api/status",
          "api/usage?meter=m&from=1970-01-01&to=1970-01-02&group-by=customerId&top=10",
          "api/records?limit=20",
          "api/arrivals");
  private static final String BY_BATCH =
      "api/usage?meter=m&from=1970-01-01&to=1970-01-02&group-by=customerId";

  private final Served server;
  private final Disk disk;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Answers reads = new Answers();
  private final Answers writes = new Answers();
  private volatile boolean isOver;

  private ServeSoak(Served server, Disk disk) {
    this.server = server;
    this.disk = disk;
  }

  /**
   * The launcher, the folder on a small file system, and the seconds that it takes.
   *
   * @param arguments with "full" after them where the file system may be filled
   */
  public static void main(String[] arguments) throws Exception {
    Path launcher = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Duration length = Duration.ofSeconds(Long.parseLong(arguments[2]));
    Disk disk = new Disk(folder, arguments.length > 3 && arguments[3].equals("full"));
    Path ledger = folder.resolve("ledger");
    List<Integer> batches;
    boolean isWell;
    try (Served server = Served.start(launcher, ledger)) {
      ServeSoak soak = new ServeSoak(server, disk);
      batches = soak.run(length);
      isWell = soak.report() && soak.isStoredOnce(batches, "at the end");
    }
    try (Served server = Served.start(launcher, ledger)) {
      isWell &= new ServeSoak(server, disk).isStoredOnce(batches, "after a restart");
    }
    System.exit(isWell ? 0 : 1);
  }

  /** Tells how many batches each writer had acknowledged. */
  private List<Integer> run(Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    List<Integer> batches = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> writers = new ArrayList<>();
      List<Future<?>> others = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(threads.submit(() -> write(number)));
      }
      for (int reader = 0; reader < READERS; reader++) {
        others.add(threads.submit(this::read));
      }
      for (int slow = 0; slow < SLOW; slow++) {
        int number = slow;
        others.add(threads.submit(() -> dawdle(number)));
      }
      try {
        watch(end, length);
      } finally {
        disk.empty();
        isOver = true;
      }
      for (Future<Integer> writer : writers) {
        batches.add(writer.get());
      }
      for (Future<?> other : others) {
        other.get();
      }
    }
    return batches;
  }

  private void watch(long end, Duration length) throws IOException, InterruptedException {
    Random random = new Random(1);
    long start = System.nanoTime();
    long warm = 0;
    int fills = 0;
    while (System.nanoTime() < end && server.isAlive()) {
      Thread.sleep(2_000 + random.nextInt(3_000));
      disk.fill(random.nextInt(10_000));
      fills++;
      Thread.sleep(500 + random.nextInt(2_000));
      disk.empty();
      if (warm == 0 && System.nanoTime() - start > length.toNanos() / 10) {
        warm = server.residentMebibytes();
      }
    }
    System.out.printf(
        "memory: %d MiB after a tenth of the time, %d MiB at the end; the disk was full %d times%n",
        warm, server.residentMebibytes(), fills);
  }

  private int write(int writer) throws InterruptedException {
    int batch = 0;
    while (!isOver) {
      String body = body("w%d-%d".formatted(writer, batch));
      while (!isStored(body)) {
        Thread.sleep(100);
      }
      batch++;
      Thread.sleep(50);
    }
    return batch;
  }

  private boolean isStored(String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.at("api/ingest")).POST(BodyPublishers.ofString(body)).build();
    HttpResponse<String> response = ask(request, writes);
    return response != null && response.statusCode() == 200;
  }

  private boolean read() throws InterruptedException {
    int next = 0;
    while (!isOver) {
      HttpRequest request =
          HttpRequest.newBuilder(server.at(QUESTIONS.get(next++ % QUESTIONS.size()))).build();
      ask(request, reads);
      Thread.sleep(20);
    }
    return true;
  }

  private @Nullable HttpResponse<String> ask(HttpRequest request, Answers answers)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      answers.add(response, System.nanoTime() - start);
      return response;
    } catch (IOException e) {
      answers.unanswered(e);
      return null;
    }
  }

  /** Sends a request byte by byte, which never comes to its end. */
  private boolean dawdle(int number) throws InterruptedException {
    String head =
        number % 2 == 0
            ? "GET /api/status HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
            : "POST /api/ingest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n[";
    while (!isOver) {
      try (Socket socket = new Socket(server.at("").getHost(), server.at("").getPort())) {
        socket.getOutputStream().write(head.getBytes(UTF_8));
        while (!isOver) {
          socket.getOutputStream().write(' ');
          Thread.sleep(500);
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    return true;
  }

  private boolean report() {
    System.out.println("reads:  " + reads.describe());
    System.out.println("writes: " + writes.describe());
    int unexpected = reads.unexpected() + writes.unexpected();
    System.out.println("answers that should not be: " + unexpected);
    return unexpected == 0;
  }

  private boolean isStoredOnce(List<Integer> batches, String when) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.at(BY_BATCH)).header("Accept", "text/csv").build();
    Set<String> rows =
        Set.copyOf(client.send(request, BodyHandlers.ofString()).body().lines().toList());
    int all = 0;
    int wrong = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int batch = 0; batch < batches.get(writer); batch++) {
        wrong += rows.contains("w%d-%d,%d".formatted(writer, batch, RECORDS)) ? 0 : 1;
        all++;
      }
    }
    int more = rows.size() - 1 - all;
    System.out.printf(
        "%s: %d batches of %d records acknowledged, %d of them not stored once, %d never"
            + " acknowledged%n",
        when, all, RECORDS, wrong, more);
    return wrong == 0 && more == 0;
  }

  /** A batch is of a customer of its own, so that usage by customer tells each batch's records. */
  private static String body(String batch) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      body.append(
          """
          {"meterApiName":"m","customerId":"%s","meterTimeInMillis":1,"meterValue":1,"uniqueId":"%s-%d"}
          """
              .formatted(batch, batch, i));
    }
    return body.toString();
  }

  /** The small file system. */
  private record Disk(Path folder, boolean mayBeFilled) {
    /** Leaves some kilobytes: what is written next fails at some point within. */
    void fill(long leave) throws IOException, InterruptedException {
      if (!mayBeFilled) {
        return;
      }
      int status = 1;
      // The ledger may write meanwhile.
      for (long less = leave; status != 0; less += 8_192) {
        long free = Files.getFileStore(folder).getUsableSpace() - less;
        status =
            new ProcessBuilder("fallocate", "-l", Long.toString(free), filler().toString())
                .start()
                .waitFor();
      }
    }

    void empty() throws IOException {
      Files.deleteIfExists(filler());
    }

    private Path filler() {
      return folder.resolve("filler");
    }
  }
}
