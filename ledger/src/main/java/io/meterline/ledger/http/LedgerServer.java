package io.meterline.ledger.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meterline.ledger.Ledger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a ledger and its page over HTTP, on the JDK's own server. */
public final class LedgerServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LedgerServer.class.getName());

  /** Smaller answers fit a packet or few: to pack them saves nothing. */
  private static final int LEAST_PACKED_BYTES = 16 * 1024;

  private static final String READ = "GET, HEAD, OPTIONS";

  private final Api api;
  private final Gate gate;
  private final PageAssets page;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LedgerServer(Ledger ledger, HttpServer server, String token) throws IOException {
    this.api = new Api(ledger);
    this.gate = new Gate(token);
    this.page = new PageAssets();
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param address loopback, unless there is a token; port 0 takes one that is free
   * @param token that requests for data must carry; empty for none
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
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "request " + exchange.getRequestURI().getPath(), e);
        answer = Answer.problem(Problem.failed("a fault of the server's own: " + e));
      }
      send(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange) throws Problem, IOException {
    Headers headers = exchange.getRequestHeaders();
    gate.checkOrigin(headers);
    String path = String.valueOf(exchange.getRequestURI().getPath());
    String method = exchange.getRequestMethod();
    boolean isRead = method.equals("GET") || method.equals("HEAD");
    if (path.startsWith("/api/")) {
      if (!path.equals(Api.DESCRIPTION)) {
        gate.checkToken(headers);
      }
      return api.answer(exchange, isRead ? "GET" : method);
    }
    Answer file =
        page.at(
                path,
                headers.getFirst("If-None-Match"),
                Accept.takesGzip(headers.get("Accept-Encoding")))
            .orElseThrow(() -> Problem.notFound(path));
    if (method.equals("OPTIONS")) {
      return Answer.allowing(READ);
    }
    if (!isRead) {
      throw Problem.wrongMethod(READ);
    }
    return file;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    if (!answer.type().isEmpty()) {
      headers.set("Content-Type", answer.type());
    }
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    byte[] body = answer.body();
    if (body.length >= LEAST_PACKED_BYTES && !headers.containsKey("Content-Encoding")) {
      headers.set("Vary", "Accept, Accept-Encoding");
      if (Accept.takesGzip(exchange.getRequestHeaders().get("Accept-Encoding"))) {
        headers.set("Content-Encoding", "gzip");
        body = PageAssets.packed(body);
      }
    }
    if (exchange.getRequestMethod().equals("HEAD") || body.length == 0) {
      if (answer.status() == 200) {
        headers.set("Content-Length", Integer.toString(body.length));
      }
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
