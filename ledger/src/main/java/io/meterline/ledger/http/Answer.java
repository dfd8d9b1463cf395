package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a request is answered with. */
@SuppressWarnings("ArrayRecordComponent") // Sent, and never compared.
record Answer(int status, String type, byte[] body) {
  static Answer json(String text) {
    return new Answer(200, "application/json", text.getBytes(UTF_8));
  }

  static Answer csv(String text) {
    return new Answer(200, "text/csv; charset=utf-8", text.getBytes(UTF_8));
  }

  static Answer problem(Problem problem) {
    return new Answer(problem.status(), "application/problem+json", problem.toJson());
  }
}
