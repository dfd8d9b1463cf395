package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A receiver on this machine that behaves as the ingest contract says, and answers for each record.
 * It can be made to fail in the ways in which receivers fail, and to refuse whole bodies, as others
 * do.
 */
public final class IngestReceiver implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String apiKey;

  private final Queue<Fault> faults = new ArrayDeque<>();
  private final RecordStore store = new RecordStore();
  private final List<List<String>> accepted = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private Predicate<String> isRefused = text -> false;
  private Reply refusal = new Reply(400, "bad record");
  private Predicate<String> isNamed = text -> false;
  private int namingStatus = 200;
  private RecordStore.Answer naming = RecordStore.refused("bad", "bad record");
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

  /** From now on bodies with such a record are refused whole, with {@code status}. */
  public synchronized void refuse(Predicate<String> record, int status, String text) {
    isRefused = record;
    refusal = new Reply(status, text);
  }

  /** From now on such records are refused by name, in an answer with {@code status}. */
  public synchronized void refuseByName(
      Predicate<String> record, int status, String reason, String detail) {
    isNamed = record;
    namingStatus = status;
    naming = RecordStore.refused(reason, detail);
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
      Body body = body(exchange);
      switch (next(exchange, body)) {
        case Fault.Status(int status, String text, String retryAfter) -> {
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          answer(exchange, new Reply(status, text));
        }
        case Fault.Hang() -> hang();
        case Fault.BreakBefore() -> {}
        // Taken, and then the connection ends without a word.
        case Fault.LoseAnswer() -> judge(exchange, body);
        case Fault.AnswerOtherwise(int status, String text) -> {
          judge(exchange, body);
          answer(exchange, new Reply(status, text));
        }
        case Fault.None() -> answer(exchange, judge(exchange, body));
      }
    }
  }

  private synchronized Fault next(HttpExchange exchange, Body body) {
    requests.add(new Request(exchange.getRequestURI(), exchange.getRequestHeaders(), body.texts()));
    Fault fault = faults.poll();
    return fault == null ? new Fault.None() : fault;
  }

  private synchronized Reply judge(HttpExchange exchange, Body body) {
    if (!hasKey(exchange.getRequestHeaders())) {
      return new Reply(401, "no such key");
    }
    if (!exchange.getRequestURI().getPath().equals("/ingest")) {
      return new Reply(404, "nothing here");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Reply(405, "use POST");
    }
    if (body.refusal().isPresent()) {
      return body.refusal().get();
    }
    if (isBroken.test(body.texts())) {
      return new Reply(500, "broken");
    }
    if (body.texts().stream().anyMatch(isRefused)) {
      return refusal;
    }
    return store(body.elements());
  }

  private Reply store(List<IngestBody.Element> elements) {
    List<String> fresh = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    boolean isOneNamed = false;
    for (IngestBody.Element element : elements) {
      boolean isBad = isNamed.test(element.text());
      RecordStore.Answer answer = isBad ? naming : store.store(element);
      answers.add(answer.json());
      isOneNamed |= isBad;
      if (answer.isStored()) {
        fresh.add(element.text());
      }
    }
    if (!fresh.isEmpty()) {
      accepted.add(fresh);
    }
    return new Reply(
        isOneNamed ? namingStatus : 200, "{\"records\":[" + String.join(",", answers) + "]}");
  }

  private boolean hasKey(Headers headers) {
    return apiKey.equals(headers.getFirst("X-API-KEY"))
        || ("Bearer " + apiKey).equals(headers.getFirst("Authorization"));
  }

  private void hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.text.getBytes(UTF_8);
    if (reply.text.startsWith("{")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Body body(HttpExchange exchange) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    boolean gzip = "gzip".equals(encoding);
    if (encoding != null && !gzip) {
      return Body.refused(415, "gzip alone is known here");
    }
    byte[] bytes;
    try (InputStream raw = exchange.getRequestBody();
        InputStream body = gzip ? new GZIPInputStream(raw) : raw) {
      bytes = body.readNBytes(MAX_BODY_BYTES + 1);
    } catch (ZipException | EOFException e) {
      return Body.refused(400, "the body is not gzip");
    }
    if (bytes.length > MAX_BODY_BYTES) {
      return Body.refused(413, "the body is too large");
    }
    return IngestBody.split(bytes)
        .map(elements -> new Body(elements, Optional.empty()))
        .orElseGet(() -> Body.refused(400, "the body can't be split into records"));
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

    /** The records are taken, and the answer is this one. */
    record AnswerOtherwise(int status, String text) implements Fault {}
  }

  /** A request as it arrived. */
  public record Request(URI url, Headers headers, List<String> records) {}

  private record Reply(int status, String text) {}

  /** A body as it can be read, or why it can't. */
  private record Body(List<IngestBody.Element> elements, Optional<Reply> refusal) {
    static Body refused(int status, String text) {
      return new Body(List.of(), Optional.of(new Reply(status, text)));
    }

    List<String> texts() {
      return elements.stream().map(IngestBody.Element::text).toList();
    }
  }
}
