package io.meterline.ledger.http;

import io.meterline.json.JsonText;
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
        404, "Not Found", path + " is nothing here; /api/openapi.json lists what is");
  }

  static Problem wrongMethod(String allowed) {
    return new Problem(405, "Method Not Allowed", "use " + allowed, Map.of("Allow", allowed));
  }

  static Problem tooLarge(int most) {
    return new Problem(413, "Content Too Large", "a body has at most " + most + " bytes");
  }

  static Problem wrongEncoding(String encoding) {
    return new Problem(
        415,
        "Unsupported Media Type",
        "a body is sent as it is, or with Content-Encoding gzip, not " + encoding,
        Map.of("Accept-Encoding", "gzip"));
  }

  static Problem elsewhere(String host) {
    return new Problem(
        421,
        "Misdirected Request",
        "'%s' is not a name of this machine: without a token only localhost is served"
            .formatted(host));
  }

  static Problem failed(String detail) {
    return new Problem(500, "Internal Server Error", detail);
  }

  static Problem busy() {
    return new Problem(
        503,
        "Service Unavailable",
        "too many questions at once; ask again",
        Map.of("Retry-After", "1"));
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
