package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.JsonText;
import io.meterline.demo.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * A line of API Gateway's access log, in the format that its console proposes as JSON: all values
 * are strings, and one that there is not is a dash. Source: <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">access
 * logging</a>.
 *
 * @param body of the answer
 */
record AccessLine(String method, String path, int status, String body, Instant called) {
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The line of a call whose answer is ready at {@code now}. */
  String text(Instant now) {
    return new String(
        new JsonText()
            .member("requestId", UUID.randomUUID().toString())
            .member("ip", "127.0.0.1")
            .member("caller", "-")
            .member("user", user())
            .member("requestTime", REQUEST_TIME.format(called))
            .member("httpMethod", method)
            .member("resourcePath", path)
            .member("status", Integer.toString(status))
            .member("protocol", "HTTP/1.1")
            .member("responseLength", Integer.toString(body.getBytes(UTF_8).length))
            .member("responseLatency", Long.toString(now.toEpochMilli() - called.toEpochMilli()))
            .end(),
        UTF_8);
  }

  /** An authorizer would have told; here it is the customer of the record that was answered. */
  private String user() {
    return status == 200 ? JsonObject.of(body).text("customerId").orElse("-") : "-";
  }
}
