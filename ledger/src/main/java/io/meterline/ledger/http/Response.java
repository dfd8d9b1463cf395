package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonText;
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
record Response(int status, String type, byte[] body, Map<String, String> headers) {
  private static final Map<String, String> FRESH = Map.of("Cache-Control", "no-store");

  static Response json(String text) {
    return new Response(200, "application/json", text.getBytes(UTF_8), FRESH);
  }

  /** An object with one member, a list of objects, each in a line of its own. */
  static Response list(String name, List<String> objects) {
    return json(
        objects.stream().collect(Collectors.joining(",\n", "{\"" + name + "\":[\n", "]}\n")));
  }

  /** An object with one member, a list of texts. */
  static Response texts(String name, List<String> texts) {
    StringBuilder list = new StringBuilder("[");
    for (String text : texts) {
      String member = new String(new JsonText().member("", text).end(), UTF_8);
      // Without the braces and the empty name before it.
      list.append(list.length() > 1 ? "," : "").append(member, 4, member.length() - 1);
    }
    return json(new String(new JsonText().literal(name, list + "]").end(), UTF_8) + "\n");
  }

  /** As a list; where it is empty, a member {@code note} says why. */
  static Response list(String name, List<String> objects, String note) {
    return objects.isEmpty()
        ? json(
            new String(new JsonText().member("note", note).literal(name, "[\n]").end(), UTF_8)
                + "\n")
        : list(name, objects);
  }

  static Response csv(String text) {
    return new Response(200, "text/csv; charset=utf-8", text.getBytes(UTF_8), FRESH);
  }

  static Response problem(Problem problem) {
    Map<String, String> headers = new LinkedHashMap<>(FRESH);
    headers.putAll(problem.headers());
    return new Response(problem.status(), "application/problem+json", problem.toJson(), headers);
  }

  /** The answer to OPTIONS. */
  static Response allowing(String methods) {
    return new Response(204, "", new byte[0], Map.of("Allow", methods));
  }
}
