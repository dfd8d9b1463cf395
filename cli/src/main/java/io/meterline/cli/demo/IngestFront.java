package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Passes requests on to the ledger's own server, and fails some of them on purpose. Records that
 * the ledger accepted are stored in the bucket as well, where the table looks for every record.
 */
final class IngestFront implements HttpHandler, AutoCloseable {
  /** A byte more than the ledger accepts: it says so itself. */
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024 + 1;

  private static final List<String> PASSED_ON =
      List.of("Authorization", "Content-Encoding", "Content-Type", "X-API-KEY");

  private final URI ledger;
  private final Ingest archive;
  private final Chaos chaos;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param ledger where the ledger accepts records
   */
  IngestFront(URI ledger, Ingest archive, Chaos chaos) {
    this.ledger = ledger;
    this.archive = archive;
    this.chaos = chaos;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Chaos.Fate fate = chaos.next();
      if (fate == Chaos.Fate.FAILED_BEFORE) {
        Loopback.answer(exchange, 503, "chaos: not now".getBytes(UTF_8));
        return;
      }
      if (!exchange.getRequestURI().getPath().equals("/ingest")) {
        Loopback.answer(exchange, 404, "records are posted to /ingest".getBytes(UTF_8));
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
      HttpResponse<byte[]> reply = passOn(exchange, body);
      if (reply.statusCode() == 200) {
        // Where this fails the sender gets no answer, and sends the same again.
        archive.take(unpacked(exchange, body));
      }
      if (fate != Chaos.Fate.FAILED_AFTER) {
        reply
            .headers()
            .firstValue("Content-Type")
            .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        Loopback.answer(exchange, reply.statusCode(), reply.body());
      }
      // Else the records are stored, and the connection ends without an answer.
    }
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ledger)
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before the ledger answered");
    }
  }

  private static byte[] unpacked(HttpExchange exchange, byte[] body) throws IOException {
    if (!"gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      return body;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(MAX_BODY_BYTES);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
