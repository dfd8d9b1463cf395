package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meterline.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Serves a ledger over HTTP, on the JDK's own server. */
public final class LedgerServer implements AutoCloseable {
  private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;

  private final Api api;
  private final String token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LedgerServer(Ledger ledger, HttpServer server, String token) {
    this.api = new Api(ledger);
    this.server = server;
    this.token = token;
  }

  /**
   * Starts to serve.
   *
   * @param address loopback, unless there is a token; port 0 takes one that is free
   * @param token that requests must carry; empty for none
   */
  public static LedgerServer start(Ledger ledger, InetSocketAddress address, String token)
      throws IOException {
    requireNonNull(ledger, "ledger is null");
    if (token.isEmpty() && !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          address.getHostString() + " is reached from outside: a token is needed there");
    }
    HttpServer http = HttpServer.create(address, 0);
    LedgerServer server = new LedgerServer(ledger, http, token);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (Problem e) {
        answer = Answer.problem(e);
      } catch (IOException e) {
        answer = Answer.problem(Problem.failed(String.valueOf(e.getMessage())));
      }
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private Answer answer(HttpExchange exchange) throws Problem, IOException {
    checkToken(exchange);
    checkOrigin(exchange);
    String path = exchange.getRequestURI().getPath();
    boolean isPost = path.equals("/api/ingest");
    String allowed = isPost ? "POST" : "GET";
    if (!exchange.getRequestMethod().equals(allowed)) {
      throw Problem.wrongMethod(allowed);
    }
    return switch (path) {
      case "/api/usage" -> api.usage(exchange.getRequestURI(), wantsCsv(exchange));
      case "/api/meters" -> api.meters(exchange.getRequestURI());
      case "/api/customers" -> api.customers(exchange.getRequestURI());
      case "/api/records" -> api.records(exchange.getRequestURI());
      case "/api/status" -> api.status(exchange.getRequestURI());
      case "/api/ingest" -> api.ingest(body(exchange));
      case "/api/openapi.json" -> description();
      default -> throw Problem.notFound(path);
    };
  }

  private void checkToken(HttpExchange exchange) throws Problem {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] expected = ("Bearer " + token).getBytes(UTF_8);
    if (!token.isEmpty()
        && (given == null || !MessageDigest.isEqual(expected, given.getBytes(UTF_8)))) {
      throw Problem.unauthorized();
    }
  }

  /** A page from elsewhere, opened in a browser on this machine, must not write here. */
  private static void checkOrigin(HttpExchange exchange) throws Problem {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (origin != null && !origin.endsWith("://" + host)) {
      throw Problem.badRequest("requests of pages of other origins are not answered");
    }
  }

  private static boolean wantsCsv(HttpExchange exchange) {
    List<String> accept = exchange.getRequestHeaders().get("Accept");
    return accept != null && accept.stream().anyMatch(types -> types.contains("text/csv"));
  }

  private static byte[] body(HttpExchange exchange) throws Problem, IOException {
    boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      byte[] body = in.readNBytes(MOST_BODY_BYTES + 1);
      if (body.length > MOST_BODY_BYTES) {
        throw Problem.tooLarge(MOST_BODY_BYTES);
      }
      return body;
    } catch (ZipException e) {
      throw Problem.badRequest("the body is not gzip: " + e.getMessage());
    }
  }

  private static Answer description() throws IOException {
    try (InputStream in = LedgerServer.class.getResourceAsStream("openapi.json")) {
      return new Answer(
          200, "application/json", requireNonNull(in, "openapi.json is missing").readAllBytes());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
