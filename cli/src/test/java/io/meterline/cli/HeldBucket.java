package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** A bucket that keeps its last object back: who loads from it is not done before it is let go. */
final class HeldBucket implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch let = new CountDownLatch(1);
  private final int objects;
  private final IntFunction<String> bodies;
  private final HttpServer server;

  HeldBucket(int objects, IntFunction<String> bodies) throws IOException {
    this.objects = objects;
    this.bodies = bodies;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String place() {
    return "s3://held?endpoint=http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Falls when the last object is asked for. */
  CountDownLatch asked() {
    return asked;
  }

  void letGo() {
    let.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = (path.endsWith(".ndjson") ? object(path) : listing()).getBytes(UTF_8);
      exchange.getResponseHeaders().set("ETag", "\"one\"");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String object(String path) throws InterruptedIOException {
    int number = Integer.parseInt(path.replaceAll("\\D", ""));
    if (number == objects - 1) {
      asked.countDown();
      try {
        let.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(path + " was held to the end");
      }
    }
    return bodies.apply(number);
  }

  private String listing() {
    StringBuilder listed = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
    for (int number = 0; number < objects; number++) {
      listed.append("<Contents><Key>%04d.ndjson</Key>".formatted(number));
      listed.append("<Size>1</Size><ETag>one</ETag></Contents>");
    }
    return listed.append("</ListBucketResult>").toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
