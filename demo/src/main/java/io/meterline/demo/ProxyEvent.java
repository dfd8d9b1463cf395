package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonText;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * API Gateway's proxy events, and the answers that it takes. Both payload formats are read: 1.0,
 * which REST APIs send (and HTTP APIs, if told to), and 2.0. Source: <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 * payload format versions</a>.
 */
final class ProxyEvent {
  private ProxyEvent() {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException where it is no proxy event
   */
  static Request request(byte[] event) {
    JsonObject members = JsonObject.of(event);
    return members.text("version").filter("2.0"::equals).isPresent()
        ? http(members)
        : rest(members);
  }

  private static Request rest(JsonObject event) {
    return new Request(required(event, "httpMethod"), required(event, "path"), body(event));
  }

  private static Request http(JsonObject event) {
    JsonObject context = object(event, "requestContext");
    String stage = context.text("stage").orElse("$default");
    String path = required(event, "rawPath");
    // A stage other than $default is in the path.
    String prefix = "/" + stage;
    boolean isStaged = path.equals(prefix) || path.startsWith(prefix + "/");
    return new Request(
        required(object(context, "http"), "method"),
        isStaged ? path.substring(prefix.length()) : path,
        body(event));
  }

  private static byte[] body(JsonObject event) {
    String text = event.text("body").orElse("");
    return event.raw("isBase64Encoded").filter("true"::equals).isPresent()
        ? Base64.getDecoder().decode(text)
        : text.getBytes(UTF_8);
  }

  private static JsonObject object(JsonObject json, String name) {
    return json.object(name).orElseThrow(() -> missing(name));
  }

  private static String required(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> missing(name));
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("an event of API Gateway has %s".formatted(name));
  }

  /** What API Gateway makes an HTTP response of, in either format. */
  static byte[] response(ApiResponse answer) {
    JsonText headers = new JsonText();
    for (Map.Entry<String, String> header : new TreeMap<>(answer.headers()).entrySet()) {
      headers.member(header.getKey(), header.getValue());
    }
    return new JsonText()
        .literal("statusCode", Integer.toString(answer.status()))
        .literal("headers", new String(headers.end(), UTF_8))
        .member("body", answer.body())
        .literal("isBase64Encoded", "false")
        .end();
  }
}
