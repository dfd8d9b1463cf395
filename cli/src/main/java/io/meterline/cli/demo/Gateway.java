package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meterline.core.json.JsonText;
import io.meterline.demo.ApiFunction;
import io.meterline.demo.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * API Gateway's part: makes a proxy event of each HTTP request, has the function handle it, and
 * makes an HTTP response of the answer.
 */
final class Gateway implements HttpHandler {
  /** What API Gateway takes. */
  private static final int MOST_BODY_BYTES = 10 * 1024 * 1024;

  private final ApiFunction function;
  private final EventForm form;
  private final Listener listener;
  private final InstantSource clock;

  Gateway(ApiFunction function, EventForm form, Listener listener, InstantSource clock) {
    this.function = function;
    this.form = form;
    this.listener = listener;
    this.clock = clock;
  }

  /** Receives each call, and how it was answered. */
  @FunctionalInterface
  interface Listener {
    void answered(String method, String path, int status, String body, Instant called);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Instant called = clock.instant();
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
      if (body.length > MOST_BODY_BYTES) {
        Loopback.answer(exchange, 413, message("Request Too Long"));
        return;
      }
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      JsonObject answer = JsonObject.of(function.handle(form.event(method, path, body)));
      int status = Integer.parseInt(answer.raw("statusCode").orElseThrow());
      String text = answer.text("body").orElse("");
      answer
          .object("headers")
          .ifPresent(
              headers ->
                  headers
                      .members()
                      .keySet()
                      .forEach(
                          name ->
                              exchange
                                  .getResponseHeaders()
                                  .set(name, headers.text(name).orElse(""))));
      // First: who has the answer may ask for the books.
      listener.answered(method, path, status, text, called);
      Loopback.answer(exchange, status, text.getBytes(UTF_8));
    }
  }

  private static byte[] message(String text) {
    return new JsonText().member("message", text).end();
  }
}
