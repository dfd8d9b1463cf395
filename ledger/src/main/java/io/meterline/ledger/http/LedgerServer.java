package io.meterline.ledger.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.store.LedgerUnavailable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a ledger and its page over HTTP, on the JDK's own server. */
public final class LedgerServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LedgerServer.class.getName());

  /** Smaller answers fit a packet or few: to pack them saves nothing. */
  private static final int LEAST_PACKED_BYTES = 16 * 1024;

  /** A refusal for no longer is no failure to be logged. */
  private static final Duration MOMENT = Duration.ofSeconds(30);

  private static final int MOST_URI_LENGTH = 16 * 1024;

  /** An answer of as many rows as there may be, with long names. */
  private static final int MOST_ANSWER_BYTES = 64 * 1024 * 1024;

  /** Of the heap: answers on their way to clients that read slowly. */
  private static final int ANSWERS_PART = 4;

  private static final int MOST_CONNECTIONS = 1000;

  /** A proxy has the connections of all who are behind it. */
  private static final int MOST_CONNECTIONS_PER_CLIENT = 500;

  private static final String READ = "GET, HEAD, OPTIONS";

  private final Api api;
  private final Gate gate;
  private final PageAssets page;
  private final HttpServer server;
  private final ConnectionAcceptor entrance;
  private final ByteBudget answers = ByteBudget.ofHeap(ANSWERS_PART, MOST_ANSWER_BYTES);
  private final FailureLog failures =
      new FailureLog(InstantSource.system(), line -> LOG.log(Level.ERROR, line));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LedgerServer(Ledger ledger, HttpServer server, String token, InetSocketAddress address)
      throws IOException {
    this.api = new Api(ledger);
    this.gate = new Gate(token);
    this.page = new PageAssets();
    this.server = server;
    this.entrance =
        ConnectionAcceptor.open(
            address, server.getAddress(), MOST_CONNECTIONS, MOST_CONNECTIONS_PER_CLIENT);
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
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      LedgerServer server = new LedgerServer(ledger, http, token, address);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      http.stop(0);
      throw e;
    }
  }

  public int port() {
    return entrance.port();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response answer = answerOrProblem(exchange);
      try (ByteBudget.Share share = answers.share()) {
        boolean fits = share.raiseTo(answer.body().length);
        send(
            exchange,
            fits
                ? answer
                : Response.problem(
                    Problem.busy("too many large answers are being sent; ask again")));
      }
    }
  }

  /** Whatever happens has an answer: an error that ends a thread would leave its client waiting. */
  private Response answerOrProblem(HttpExchange exchange) {
    try {
      return answer(exchange);
    } catch (Problem e) {
      return Response.problem(e);
    } catch (LedgerUnavailable e) {
      if (e.getCause() != null || e.retryAfter().compareTo(MOMENT) > 0) {
        failures.failed(request(exchange), e);
      }
      return Response.problem(Problem.unavailable(String.valueOf(e.getMessage()), e.retryAfter()));
    } catch (OutOfMemoryError e) {
      failures.failed(request(exchange), e);
      return Response.problem(Problem.busy("the server has not enough memory now; send it again"));
    } catch (Throwable e) {
      failures.failed(request(exchange), e);
      return Response.problem(Problem.failed());
    }
  }

  private static String request(HttpExchange exchange) {
    return exchange.getRequestMethod() + " " + Texts.shown(exchange.getRequestURI().getPath());
  }

  private Response answer(HttpExchange exchange) throws Problem, IOException {
    Headers headers = exchange.getRequestHeaders();
    if (exchange.getRequestURI().toString().length() > MOST_URI_LENGTH) {
      throw Problem.uriTooLong(MOST_URI_LENGTH);
    }
    gate.checkOrigin(headers);
    String path = String.valueOf(exchange.getRequestURI().getPath());
    String method = exchange.getRequestMethod();
    boolean isRead = method.equals("GET") || method.equals("HEAD");
    if (path.startsWith("/api/")) {
      gate.checkSite(headers);
      if (!path.equals(Api.DESCRIPTION)) {
        gate.checkToken(headers);
      }
      return api.answer(exchange, isRead ? "GET" : method);
    }
    Response file =
        page.at(
                path,
                headers.getFirst("If-None-Match"),
                Accept.takesGzip(headers.get("Accept-Encoding")))
            .orElseThrow(() -> Problem.notFound(path));
    if (method.equals("OPTIONS")) {
      return Response.allowing(READ);
    }
    if (!isRead) {
      throw Problem.wrongMethod(READ);
    }
    return file;
  }

  private static void send(HttpExchange exchange, Response answer) throws IOException {
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
    entrance.close();
    server.stop(0);
    threads.close();
  }
}
