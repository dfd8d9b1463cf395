package io.meterline.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server of Lambda's Runtime API for one process and one invocation at a time, on loopback.
 * Source: <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime";
  private static final String INVOCATION = ROOT + "/invocation/";
  private static final byte[] ACCEPTED = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
  private final AtomicReference<Optional<Pending>> current =
      new AtomicReference<>(Optional.empty());

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  static RuntimeApi start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RuntimeApi api = new RuntimeApi(server);
    server.setExecutor(api.threads);
    server.createContext(ROOT, api::answer);
    server.start();
    return api;
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits until the process asks for its first event. */
  void awaitReady(Duration atMost) throws FunctionException, InterruptedException {
    await(ready, atMost, "Runtime.InitTimeout");
  }

  /** Hands the process an event and waits for its answer. */
  byte[] invoke(Invocation invocation, long deadlineMillis, Duration atMost)
      throws FunctionException, InterruptedException {
    Pending pending = new Pending(invocation, deadlineMillis, new CompletableFuture<>());
    current.set(Optional.of(pending));
    if (ready.isCompletedExceptionally()) {
      await(ready, Duration.ZERO, "Runtime.InitTimeout");
    }
    waiting.add(pending);
    return await(pending.answer(), atMost, "Sandbox.Timedout");
  }

  /** Called when the process has ended. */
  void ended(String errorType, String message) {
    FunctionException failure = new FunctionException(errorType, message, null);
    ready.completeExceptionally(failure);
    current.get().ifPresent(pending -> pending.answer().completeExceptionally(failure));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static <T> T await(CompletableFuture<T> future, Duration atMost, String timeout)
      throws FunctionException, InterruptedException {
    try {
      return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FunctionException(timeout, "no answer within " + atMost, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FunctionException failure) {
        throw failure;
      }
      throw new IllegalStateException("the Runtime API failed", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals(INVOCATION + "next")) {
        next(exchange);
      } else if (path.equals(ROOT + "/init/error") || path.equals(ROOT + "/restore/error")) {
        ended(errorType(exchange), text(exchange));
        respond(exchange, 202, ACCEPTED);
      } else if (path.equals(ROOT + "/restore/next")) {
        respond(exchange, 200, new byte[0]);
      } else {
        current
            .get()
            .filter(pending -> path.startsWith(pending.path()))
            .ifPresentOrElse(pending -> take(exchange, pending, path), () -> refuse(exchange, 400));
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    ready.complete(null);
    Pending pending;
    try {
      pending = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Invocation invocation = pending.invocation();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(pending.deadlineMillis()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.set("Content-Type", "application/json");
    respond(exchange, 200, invocation.event());
  }

  private static void take(HttpExchange exchange, Pending pending, String path) {
    try {
      byte[] body = exchange.getRequestBody().readNBytes(Invocation.MAX_EVENT_BYTES + 1);
      if (path.equals(pending.path() + "error")) {
        respond(exchange, 202, ACCEPTED);
        pending
            .answer()
            .completeExceptionally(
                new FunctionException(
                    errorType(exchange), new String(body, StandardCharsets.UTF_8), null));
      } else if (!path.equals(pending.path() + "response")) {
        refuse(exchange, 404);
      } else if (body.length > Invocation.MAX_EVENT_BYTES) {
        refuse(exchange, 413);
        pending
            .answer()
            .completeExceptionally(
                new FunctionException(
                    "Function.ResponseSizeTooLarge", "an answer of more than 6 MiB", null));
      } else {
        respond(exchange, 202, ACCEPTED);
        pending.answer().complete(body);
      }
    } catch (IOException e) {
      pending
          .answer()
          .completeExceptionally(
              new FunctionException("Runtime.ExitError", "the answer broke off", e));
    }
  }

  private static String errorType(HttpExchange exchange) {
    return Optional.ofNullable(
            exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type"))
        .orElse("Unhandled");
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void refuse(HttpExchange exchange, int status) {
    try {
      respond(exchange, status, new byte[0]);
    } catch (IOException e) {
      // The process that asked is gone, and its end is told on its own.
      exchange.close();
    }
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private record Pending(
      Invocation invocation, long deadlineMillis, CompletableFuture<byte[]> answer) {
    String path() {
      return INVOCATION + invocation.requestId() + "/";
    }
  }
}
