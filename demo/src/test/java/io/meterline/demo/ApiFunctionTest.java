package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.emitter.MeterLogOptions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The function on events of the documented shapes. */
final class ApiFunctionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Recorded recorded = new Recorded();
  private final ApiFunction function =
      new ApiFunction(new MeteredApi(recorded.routes(), MeterLogOptions.DEFAULT));

  @Test
  void itAnswersAnEventOfARestApi() {
    JsonNode answer = handle(rest("/direct-s3", "POST", "\"{\\\"value\\\":2.50}\"", false));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("isBase64Encoded").asBoolean()).isFalse();
    assertThat(answer.get("headers").get("Content-Type").asString()).isEqualTo("application/json");
    assertThat(answer.get("body").asString())
        .isEqualTo(recorded.sent(MeteringRoute.DIRECT_S3).getFirst().json())
        .contains("\"meterValue\":2.50,");
  }

  @Test
  void itAnswersAnEventOfAnHttpApi() {
    String body = Base64.getEncoder().encodeToString("{\"value\":2.50}".getBytes(UTF_8));
    JsonNode answer =
        handle(http("$default", "/stream-subscriber", "POST", "\"body\":\"%s\",".formatted(body)));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("body").asString())
        .isEqualTo(recorded.sent(MeteringRoute.STREAM_SUBSCRIBER).getFirst().json())
        .contains("\"meterValue\":2.50,");
  }

  @Test
  void aBodyMayBeMissingInEitherForm() {
    assertThat(status(rest("/direct-api", "POST", "null", false))).isEqualTo(200);
    assertThat(status(rest("/direct-api", "POST", "\"\"", false))).isEqualTo(200);
    assertThat(status(http("$default", "/direct-api", "POST", ""))).isEqualTo(200);
    assertThat(recorded.sent(MeteringRoute.DIRECT_API)).hasSize(3);
  }

  @Test
  void aBodyOfARestApiMayBeInBase64() {
    String body = Base64.getEncoder().encodeToString("{\"customerId\":\"é\"}".getBytes(UTF_8));
    handle(rest("/cw-subscriber", "POST", "\"%s\"".formatted(body), true));
    assertThat(recorded.sent(MeteringRoute.CW_SUBSCRIBER).getFirst().json())
        .contains("\"customerId\":\"\\u00e9\"");
  }

  @Test
  void aNamedStageOfAnHttpApiIsNoPartOfTheMethod() {
    assertThat(status(http("prod", "/prod/direct-sqs", "POST", ""))).isEqualTo(200);
    assertThat(status(http("prod", "/production/direct-sqs", "POST", ""))).isEqualTo(404);
    assertThat(status(http("prod", "/prod", "POST", ""))).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"/nothing, POST, 404", "/direct-api, GET, 405", "/, GET, 404"})
  void wrongCallsAreAnsweredInEitherForm(String path, String verb, int status) {
    assertThat(status(rest(path, verb, "null", false))).isEqualTo(status);
    assertThat(status(http("$default", path, verb, ""))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"Records\":[]}", "{\"version\":\"2.0\"}"})
  void whatIsNoProxyEventIsAFaultOfTheDeploymentAndThrown(String event) {
    assertThatThrownBy(() -> function.handle(event.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int status(String event) {
    return handle(event).get("statusCode").asInt();
  }

  private JsonNode handle(String event) {
    return JSON.readTree(function.handle(event.getBytes(UTF_8)));
  }

  /** The members that AWS's guide shows, of which most are of no use here. */
  private static String rest(String path, String verb, String body, boolean isBase64) {
    return """
    {"version":"1.0","resource":"/{proxy+}","path":"%s","httpMethod":"%s",
     "headers":{"Header1":"value1"},"multiValueHeaders":{"Header1":["value1"]},
     "queryStringParameters":null,"pathParameters":{"proxy":"x"},"stageVariables":null,
     "requestContext":{"accountId":"123456789012","apiId":"id","httpMethod":"%s",
       "path":"/prod%s","stage":"prod","identity":{"sourceIp":"192.0.2.1"}},
     "body":%s,"isBase64Encoded":%b}"""
        .formatted(path, verb, verb, path, body, isBase64);
  }

  private static String http(String stage, String path, String verb, String body) {
    return """
    {"version":"2.0","routeKey":"$default","rawPath":"%s","rawQueryString":"a=1&a=2",
     "cookies":["c=1"],"headers":{"header1":"value1"},"queryStringParameters":{"a":"1,2"},
     "requestContext":{"accountId":"123456789012","apiId":"id","domainPrefix":"id",
       "http":{"method":"%s","path":"%s","protocol":"HTTP/1.1","sourceIp":"192.0.2.1"},
       "requestId":"id","routeKey":"$default","stage":"%s","timeEpoch":1583348638390},
     %s"isBase64Encoded":%b}"""
        .formatted(path, verb, path, stage, body, !body.isEmpty());
  }
}
