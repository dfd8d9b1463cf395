package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever clients send, others are answered, memory stays bounded and nothing about files is
 * revealed.
 */
final class ServerUnderPressureTest {
  private static final String RANGE = "&from=2026-10-25&to=2026-10-26";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();
  private Ledger ledger;
  private LedgerServer server;

  @BeforeEach
  void start() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    server =
        LedgerServer.start(ledger, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
    ledger.close();
    client.close();
  }

  @Test
  void eightSlowBodiesKeepNobodyWaiting() throws Exception {
    for (int i = 0; i < 8; i++) {
      open("POST /api/ingest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n[");
    }
    for (int i = 0; i < 8; i++) {
      open(
          "POST /api/ingest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n");
    }
    assertThat(get("/api/status").statusCode()).isEqualTo(200);
    assertThat(post(record("api", "u1")).body()).contains("stored");
  }

  @Test
  void halfARequestOnEachConnectionLocksNobodyOut() throws Exception {
    for (int i = 0; i < 1_005; i++) {
      open("GET /api/status HTTP/1.1\r\nHost: loc");
    }
    assertThat(get("/api/status").statusCode()).isEqualTo(200);
  }

  @Test
  void readersAreAnsweredAndWritersGetTheirTurnDuringALoad() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    // The object's reading ends when the questions have been answered.
    ObjectSource held = new HeldPlace(answered);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> load =
          threads.submit(
              () ->
                  ledger.load(
                      held,
                      new LoadListener() {
                        @Override
                        public void passed(String key, long bytes) {
                          begun.countDown();
                        }
                      }));
      begun.await();
      List<CompletableFuture<HttpResponse<String>>> posts =
          IntStream.range(0, 8).mapToObj(i -> postAsync(record("api", "p" + i))).toList();
      for (int i = 0; i < 20; i++) {
        assertThat(get("/api/status").statusCode()).isEqualTo(200);
      }
      answered.countDown();
      for (CompletableFuture<HttpResponse<String>> post : posts) {
        assertThat(post.join().body()).contains("stored");
      }
      load.get();
    }
    assertThat(ledger.status().rows()).isEqualTo(8 + HeldPlace.OBJECTS);
  }

  @Test
  void whoWritesWhileALoadGoesOnDoesNotWaitForItsEnd() throws Exception {
    CountDownLatch posted = new CountDownLatch(1);
    // It never ends before the post was answered: objects follow until then.
    ObjectSource endless = new EndlessPlace(posted);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> load = threads.submit(() -> ledger.load(endless, LoadListener.NONE));
      assertThat(post(record("api", "p")).body()).contains("stored");
      posted.countDown();
      load.get();
    }
  }

  @Test
  void namesOfAnyLengthAreComparedInBoundedMemory() throws Exception {
    String stored = "m".repeat(10_000);
    post(record(stored, "u1"));
    post(record("orders", "u2"));
    long before = peakKilobytes();
    HttpResponse<String> longest = get("/api/usage?meter=" + "n".repeat(4_096) + RANGE);
    assertThat(longest.statusCode()).isEqualTo(400);
    assertThat(longest.body()).doesNotContain("did you mean").hasSizeLessThan(2_000);
    // The table of two such names has 40 million cells, of 8 bytes each.
    assertThat(peakKilobytes() - before).isLessThan(200_000);
    assertThat(get("/api/usage?meter=order" + RANGE).body()).contains("did you mean 'orders'?");
  }

  @Test
  void addressesAndParametersHaveBounds() throws Exception {
    HttpResponse<String> tooLong = get("/api/usage?meter=" + "n".repeat(20_000) + RANGE);
    assertThat(tooLong.statusCode()).isEqualTo(414);
    assertThat(get("/api/records?search=" + "n".repeat(5_000)).statusCode()).isEqualTo(400);
    assertThat(get("/api/customers?search=" + "n".repeat(5_000)).body()).contains("at most 4096");
  }

  @Test
  void manyFiltersAreAProblemAndNoAnswerNamesTheLedgersFile() throws Exception {
    post(record("api", "u1"));
    String filters =
        IntStream.range(0, 990).mapToObj(i -> "&filter=k=" + i).collect(Collectors.joining());
    HttpResponse<String> response = get("/api/usage?meter=api" + RANGE + filters);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("at most 100").doesNotContain(folder.toString());
    HttpResponse<String> more = get("/api/usage?meter=api" + RANGE + filters + filters);
    assertThat(more.statusCode()).isIn(400, 414);
    assertThat(more.body()).doesNotContain(folder.toString());
    String dimensions =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"k%d\":\"v\"".formatted(i))
            .collect(Collectors.joining(",", ",\"dimensions\":{", "}}"));
    post(record("api", "u2").replaceFirst("}$", dimensions));
    String names =
        IntStream.range(0, 100).mapToObj(i -> "&filter=k" + i + "=v").collect(Collectors.joining());
    HttpResponse<String> most = get("/api/usage?meter=api" + RANGE + names);
    assertThat(most.statusCode()).as(most.body()).isEqualTo(200);
  }

  @Test
  void aFailureOfTheServersOwnTellsNothingOfFilesOrStatements() throws Exception {
    ledger.close();
    HttpResponse<String> response = get("/api/status");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).doesNotContain(folder.toString()).doesNotContain("SELECT");
  }

  @Test
  void aPageOfAnotherSiteOpensThePageAndGetsNoData() throws Exception {
    assertThat(getAcrossSites("/").statusCode()).isEqualTo(200);
    assertThat(getAcrossSites("/api/usage?meter=api" + RANGE).statusCode()).isEqualTo(403);
    assertThat(getAcrossSites("/api/openapi.json").statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> getAcrossSites(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Sec-Fetch-Site", "cross-site").build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void yamlNestedAsDeepAsItMayBeIsAProblem() throws Exception {
    for (String deep :
        List.of(
            "[".repeat(100_000),
            "{a: ".repeat(100_000),
            "- ".repeat(100_000),
            "? ".repeat(100_000))) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/api/meters")).PUT(BodyPublishers.ofString(deep)).build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("nested deeper than 10 levels");
    }
  }

  @Test
  void aBodyOfMoreRecordsThanAreAnsweredIsRefusedAsAWhole() throws Exception {
    HttpResponse<String> response = post("{}".repeat(100_001));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("at most 100000 records");
    assertThat(ledger.status().quarantined()).isZero();
    assertThat(post("{}".repeat(100_000)).statusCode()).isEqualTo(200);
  }

  @Test
  void largeBodiesAtOnceAreAnsweredWithLittleMemory() throws Exception {
    try (ServeProcess process = ServeProcess.start(folder.resolve("small"), "-Xmx128m");
        HttpClient http = HttpClient.newHttpClient()) {
      byte[] body = ("[" + " ".repeat(16 * 1024 * 1024 - 2) + "]").getBytes(UTF_8);
      URI uri = URI.create("http://localhost:" + process.port() + "/api/ingest");
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build();
      List<CompletableFuture<HttpResponse<String>>> all =
          Stream.generate(() -> http.sendAsync(request, BodyHandlers.ofString())).limit(8).toList();
      for (CompletableFuture<HttpResponse<String>> one : all) {
        assertThat(one.join().statusCode()).isIn(200, 503);
      }
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void longNamesLeaveTheLedgerWritableWithLittleMemory() throws Exception {
    try (ServeProcess process = ServeProcess.start(folder.resolve("long"), "-Xmx128m");
        HttpClient http = HttpClient.newHttpClient()) {
      String server = "http://localhost:" + process.port();
      URI ingest = URI.create(server + "/api/ingest");
      String tail = "x".repeat(200_000);
      for (int part = 0; part < 10; part++) {
        List<String> records = new ArrayList<>();
        for (int i = 50 * part; i < 50 * part + 50; i++) {
          records.add(record("meter" + i + tail, "u" + i));
        }
        HttpRequest request =
            HttpRequest.newBuilder(ingest)
                .POST(BodyPublishers.ofString(String.join("\n", records)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as("part %d", part).isEqualTo(200);
        assertThat(response.body()).doesNotContain("refused");
      }
      for (String path :
          List.of("/api/meters", "/api/records?limit=1000", "/api/totals?" + RANGE.substring(1))) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path)).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isIn(400, 503);
        assertThat(response.body()).as(path).contains("ask for less");
      }
      HttpRequest few = HttpRequest.newBuilder(URI.create(server + "/api/records?limit=2")).build();
      assertThat(http.send(few, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      String more = record("meter0" + tail, "new");
      HttpRequest request =
          HttpRequest.newBuilder(ingest).POST(BodyPublishers.ofString(more)).build();
      assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("stored");
    }
  }

  private static long peakKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "the peak of memory is not told here");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private void open(String start) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    sockets.add(socket);
    socket.getOutputStream().write(start.getBytes(UTF_8));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) {
    return postAsync(body).join();
  }

  private CompletableFuture<HttpResponse<String>> postAsync(String body) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri("/api/ingest")).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  private static String record(String meter, String id) {
    return """
        {"meterApiName":"%s","customerId":"c","meterTimeInMillis":1792886400000,"meterValue":1,"uniqueId":"%s"}"""
        .formatted(meter, id);
  }

  /** Two objects, of which the second is read to its end when a latch is open. */
  private record HeldPlace(CountDownLatch release) implements ObjectSource {
    static final int OBJECTS = 2;

    @Override
    public String place() {
      return "held:";
    }

    @Override
    public Stream<PlacedObject> objects() {
      return IntStream.range(0, OBJECTS).mapToObj(i -> new PlacedObject(i + ".json", 1, "1"));
    }

    @Override
    public InputStream open(String key) {
      byte[] body = record("load", key).getBytes(UTF_8);
      return new FilterInputStream(new ByteArrayInputStream(body)) {
        @Override
        public int read(byte[] target, int from, int length) throws IOException {
          if (!key.startsWith("0")) {
            await(release);
          }
          return super.read(target, from, length);
        }
      };
    }
  }

  /** Objects without end, until a latch is open. */
  private record EndlessPlace(CountDownLatch release) implements ObjectSource {
    @Override
    public String place() {
      return "endless:";
    }

    @Override
    public Stream<PlacedObject> objects() {
      return IntStream.range(0, Integer.MAX_VALUE)
          .takeWhile(i -> release.getCount() > 0)
          .mapToObj(i -> new PlacedObject(i + ".json", 1, "1"));
    }

    @Override
    public InputStream open(String key) {
      return new ByteArrayInputStream(record("load", key).getBytes(UTF_8));
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
