package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonText;
import java.util.Base64;

/** The forms in which API Gateway hands a request to a function. */
enum EventForm {
  /** A REST API's, payload format 1.0; the body as text where it is text. */
  REST {
    @Override
    byte[] event(String method, String path, byte[] body) {
      JsonText event =
          new JsonText()
              .member("resource", "/{proxy+}")
              .member("path", path)
              .member("httpMethod", method)
              .literal("headers", "{}")
              .literal("requestContext", "{\"stage\":\"prod\",\"path\":\"/prod/\"}");
      if (body.length == 0) {
        event.literal("body", "null");
      } else if (JsonText.isUtf8(body)) {
        event.member("body", new String(body, UTF_8));
      } else {
        return base64(event, body);
      }
      return event.literal("isBase64Encoded", "false").end();
    }
  },
  /** An HTTP API's, payload format 2.0; the body in base64. */
  HTTP {
    @Override
    byte[] event(String method, String path, byte[] body) {
      byte[] http = new JsonText().member("method", method).member("path", path).end();
      byte[] context =
          new JsonText().literal("http", new String(http, UTF_8)).member("stage", "$default").end();
      JsonText event =
          new JsonText()
              .member("version", "2.0")
              .member("routeKey", "$default")
              .member("rawPath", path)
              .member("rawQueryString", "")
              .literal("headers", "{}")
              .literal("requestContext", new String(context, UTF_8));
      return body.length == 0
          ? event.literal("isBase64Encoded", "false").end()
          : base64(event, body);
    }
  };

  abstract byte[] event(String method, String path, byte[] body);

  private static byte[] base64(JsonText event, byte[] body) {
    return event
        .member("body", Base64.getEncoder().encodeToString(body))
        .literal("isBase64Encoded", "true")
        .end();
  }
}
