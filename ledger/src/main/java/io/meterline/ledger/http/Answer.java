package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a request is answered with.
 *
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // Sent, and never compared.
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  private static final Map<String, String> FRESH = Map.of("Cache-Control", "no-store");

  static Answer json(String text) {
    return new Answer(200, "application/json", text.getBytes(UTF_8), FRESH);
  }

  /** An object with one member, a list of objects, each in a line of its own. */
  static Answer list(String name, List<String> objects) {
    return json(
        objects.stream().collect(Collectors.joining(",\n", "{\"" + name + "\":[\n", "]}\n")));
  }

  static Answer csv(String text) {
    return new Answer(200, "text/csv; charset=utf-8", text.getBytes(UTF_8), FRESH);
  }

  static Answer problem(Problem problem) {
    Map<String, String> headers = new LinkedHashMap<>(FRESH);
    headers.putAll(problem.headers());
    return new Answer(problem.status(), "application/problem+json", problem.toJson(), headers);
  }

  /** The answer to OPTIONS. */
  static Answer allowing(String methods) {
    return new Answer(204, "", new byte[0], Map.of("Allow", methods));
  }
}
