package io.meterline.ledger.http;

import io.meterline.core.json.JsonText;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A request that can't be answered, told as RFC 9457 has it. */
final class Problem extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String title;
  private final transient Map<String, String> headers;

  private Problem(int status, String title, String detail, Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.title = title;
    this.headers = headers;
  }

  private Problem(int status, String title, String detail) {
    this(status, title, detail, Map.of());
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad Request", detail);
  }

  static Problem unauthorized() {
    return new Problem(
        401,
        "Unauthorized",
        "send the server's token, as 'Authorization: Bearer TOKEN' or 'X-API-KEY: TOKEN'",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail);
  }

  static Problem notFound(String path) {
    return new Problem(
        404, "Not Found", Texts.shown(path) + " is nothing here; /api/openapi.json lists what is");
  }

  static Problem wrongMethod(String allowed) {
    return new Problem(405, "Method Not Allowed", "use " + allowed, Map.of("Allow", allowed));
  }

  static Problem tooLarge(int most) {
    return tooLarge("a body has at most " + most + " bytes");
  }

  static Problem tooLarge(String detail) {
    return new Problem(413, "Content Too Large", detail);
  }

  static Problem uriTooLong(int most) {
    return new Problem(
        414, "URI Too Long", "a request's address has at most " + most + " characters");
  }

  static Problem wrongEncoding(String encoding) {
    return new Problem(
        415,
        "Unsupported Media Type",
        "a body is sent as it is, or with Content-Encoding gzip, not " + Texts.shown(encoding),
        Map.of("Accept-Encoding", "gzip"));
  }

  static Problem elsewhere(String host) {
    return new Problem(
        421,
        "Misdirected Request",
        "'%s' is not a name of this machine: without a token only localhost is served"
            .formatted(Texts.shown(host)));
  }

  /** Nothing of what went wrong is told: it may name files, or hold a part of a record. */
  static Problem failed() {
    return new Problem(
        500, "Internal Server Error", "the server failed to answer this; its log says why");
  }

  static Problem busy(String detail) {
    return unavailable(detail, Duration.ofSeconds(1));
  }

  static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(
        503,
        "Service Unavailable",
        detail,
        Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()))));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] toJson() {
    return new JsonText()
        .member("type", "about:blank")
        .member("title", title)
        .literal("status", Integer.toString(status))
        .member("detail", Objects.requireNonNullElse(getMessage(), ""))
        .end();
  }
}
