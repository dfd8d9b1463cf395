package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The ingest over HTTP, as the contract has it: {@code POST /ingest} with {@code X-API-KEY}. */
final class IngestHandler implements HttpHandler {
  private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;

  private final Ingest ingest;
  private final String apiKey;
  private final Chaos chaos;

  IngestHandler(Ingest ingest, String apiKey, Chaos chaos) {
    this.ingest = ingest;
    this.apiKey = apiKey;
    this.chaos = chaos;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Chaos.Fate fate = chaos.next();
      if (fate == Chaos.Fate.FAILED_BEFORE) {
        answer(exchange, 503, "chaos: not now");
        return;
      }
      Reply reply = reply(exchange);
      if (fate != Chaos.Fate.FAILED_AFTER) {
        answer(exchange, reply.status(), reply.text());
      }
      // Else it was taken, and the connection ends without a word.
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/ingest")) {
      return new Reply(404, "records are taken at /ingest");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Reply(405, "use POST");
    }
    String key = exchange.getRequestHeaders().getFirst("X-API-KEY");
    if (key == null || !MessageDigest.isEqual(key.getBytes(UTF_8), apiKey.getBytes(UTF_8))) {
      return new Reply(401, "the key in X-API-KEY is missing or wrong");
    }
    byte[] body;
    try {
      body = body(exchange);
    } catch (ZipException | EOFException e) {
      return new Reply(400, "the body is not gzip: " + e.getMessage());
    }
    if (body.length > MOST_BODY_BYTES) {
      return new Reply(413, "a body has at most %d bytes".formatted(MOST_BODY_BYTES));
    }
    return take(body);
  }

  private Reply take(byte[] body) {
    try {
      Optional<String> refusal = ingest.take(body);
      return refusal.map(why -> new Reply(400, why)).orElseGet(() -> new Reply(200, ""));
    } catch (IOException e) {
      return new Reply(500, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream in = isPacked ? new GZIPInputStream(raw) : raw) {
      return in.readNBytes(MOST_BODY_BYTES + 1);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    Loopback.answer(exchange, status, text.getBytes(UTF_8));
  }

  private record Reply(int status, String text) {}
}
