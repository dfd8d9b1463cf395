package io.meterline.ledger.http;

import io.meterline.json.JsonText;
import java.util.Objects;

/** A request that can't be answered, told as RFC 9457 has it. */
final class Problem extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String title;

  private Problem(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad Request", detail);
  }

  static Problem unauthorized() {
    return new Problem(
        401, "Unauthorized", "send the server's token, as 'Authorization: Bearer TOKEN'");
  }

  static Problem notFound(String path) {
    return new Problem(
        404, "Not Found", path + " is nothing here; /api/openapi.json lists what is");
  }

  static Problem wrongMethod(String allowed) {
    return new Problem(405, "Method Not Allowed", "use " + allowed);
  }

  static Problem tooLarge(int most) {
    return new Problem(413, "Content Too Large", "a body has at most " + most + " bytes");
  }

  static Problem failed(String detail) {
    return new Problem(500, "Internal Server Error", detail);
  }

  int status() {
    return status;
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
