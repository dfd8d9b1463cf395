package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonText;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a call is answered with.
 *
 * @param headers by their names
 * @param body JSON
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {
  /** Where the record goes: a URI of what receives it. */
  public static final String DESTINATION = "Meterline-Destination";

  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  static ApiResponse record(String json, String destination) {
    return new ApiResponse(200, jsonWith(DESTINATION, destination), json);
  }

  static ApiResponse notFound(String word) {
    String methods = "[\"" + String.join("\",\"", MeteringRoute.words()) + "\"]";
    return error(404, "there is no method '%s'".formatted(word), methods, jsonWith());
  }

  static ApiResponse wrongVerb(String verb) {
    String why = "%s is not allowed: use POST".formatted(verb);
    return error(405, why, "", jsonWith("Allow", "POST"));
  }

  static ApiResponse badCall(String why) {
    return error(400, why, "", jsonWith());
  }

  static ApiResponse notDelivered(String why) {
    return error(502, "the record was not delivered: " + why, "", jsonWith());
  }

  private static ApiResponse error(
      int status, String why, String methods, Map<String, String> headers) {
    JsonText body = new JsonText().member("error", why);
    if (!methods.isEmpty()) {
      body.literal("methods", methods);
    }
    return new ApiResponse(status, headers, new String(body.end(), UTF_8));
  }

  private static Map<String, String> jsonWith(String... namesAndValues) {
    Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
