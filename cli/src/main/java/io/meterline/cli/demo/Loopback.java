package io.meterline.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that this machine alone can reach. */
final class Loopback implements AutoCloseable {
  /** Some systems allow 50 waiting connections by default, which is few for a burst of calls. */
  private static final int BACKLOG = 1024;

  static {
    // Read once by the JDK's server; without it, an answer may wait 40 ms for the client's word.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Loopback(HttpServer server) {
    this.server = server;
  }

  /** One at the port; 0 takes one that is free. */
  static Loopback start(int port, HttpHandler handler) throws IOException {
    HttpServer http = HttpServer.create(address(port), BACKLOG);
    Loopback server = new Loopback(http);
    http.setExecutor(server.threads);
    http.createContext("/", handler);
    http.start();
    return server;
  }

  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port(), path);
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
