package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * A receiver on this machine that behaves as the ingest contract says: takes arrays, lines and
 * single objects, gzip or not; drops a record that equals one it has; refuses a whole body for one
 * record in it. It can be told to fail in the ways in which receivers fail.
 */
public final class IngestReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String apiKey;

  private final Queue<Fault> faults = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final List<List<String>> accepted = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private Predicate<String> isRefused = text -> false;
  private Refusal refusal = new Refusal(400, "bad record");
  private Predicate<List<String>> isBroken = records -> false;

  private IngestReceiver(String apiKey) throws IOException {
    this.apiKey = apiKey;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** One that asks for this key. */
  public static IngestReceiver start(String apiKey) throws IOException {
    return new IngestReceiver(apiKey);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:%d/ingest".formatted(server.getAddress().getPort()));
  }

  /** The next {@code times} requests meet with {@code fault}, after those that were told before. */
  public synchronized void fail(int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      faults.add(fault);
    }
  }

  /** From now on bodies with such a record are answered with {@code status}. */
  public synchronized void refuse(Predicate<String> record, int status, String text) {
    isRefused = record;
    refusal = new Refusal(status, text);
  }

  /** From now on bodies of which this holds are answered with 500. */
  public synchronized void breakDown(Predicate<List<String>> records) {
    isBroken = records;
  }

  /** The records of each accepted body that were new, in the order of arrival. */
  public synchronized List<List<String>> accepted() {
    return List.copyOf(accepted);
  }

  /** All requests, in the order of arrival. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> records = records(exchange);
      switch (next(exchange, records)) {
        case Fault.Status(int status, String text, String retryAfter) -> {
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          answer(exchange, status, text);
        }
        case Fault.Hang() -> hang();
        case Fault.BreakBefore() -> {}
        // Taken, and then the connection ends without a word.
        case Fault.LoseAnswer() -> judge(exchange, records);
        case Fault.None() -> {
          Refusal answer = judge(exchange, records);
          answer(exchange, answer.status, answer.text);
        }
      }
    }
  }

  private synchronized Fault next(HttpExchange exchange, List<String> records) {
    requests.add(new Request(exchange.getRequestURI(), exchange.getRequestHeaders(), records));
    Fault fault = faults.poll();
    return fault == null ? new Fault.None() : fault;
  }

  private synchronized Refusal judge(HttpExchange exchange, List<String> records) {
    if (!apiKey.equals(exchange.getRequestHeaders().getFirst("X-API-KEY"))) {
      return new Refusal(401, "no such key");
    }
    if (!exchange.getRequestURI().getPath().equals("/ingest")) {
      return new Refusal(404, "nothing here");
    }
    if (isBroken.test(records)) {
      return new Refusal(500, "broken");
    }
    if (records.stream().anyMatch(isRefused)) {
      return refusal;
    }
    List<String> fresh = records.stream().filter(seen::add).toList();
    if (!fresh.isEmpty()) {
      accepted.add(fresh);
    }
    return new Refusal(200, "");
  }

  private void hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static List<String> records(HttpExchange exchange) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream body = gzip ? new GZIPInputStream(raw) : raw) {
      return RecordTexts.of(body.readAllBytes());
    }
  }

  /** What may happen to a request. */
  public sealed interface Fault {
    /** It is handled as the contract says. */
    record None() implements Fault {}

    /** It is answered with this status; {@code retryAfter} may be empty. */
    record Status(int status, String text, String retryAfter) implements Fault {}

    /** There is no answer until the receiver is closed. */
    record Hang() implements Fault {}

    /** The connection ends before the body is looked at. */
    record BreakBefore() implements Fault {}

    /** The records are taken, and the connection ends without an answer. */
    record LoseAnswer() implements Fault {}
  }

  /** A request as it arrived. */
  public record Request(URI url, com.sun.net.httpserver.Headers headers, List<String> records) {}

  private record Refusal(int status, String text) {}
}
