package io.meterline.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Delivery;
import io.meterline.emitter.MeterLogOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MeteredApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Recorded recorded = new Recorded();
  private final MeteredApi api =
      new MeteredApi(
          recorded.routes(),
          MeterLogOptions.DEFAULT.withClock(
              () -> java.time.Instant.ofEpochMilli(1_663_094_105_062L)));

  @ParameterizedTest
  @EnumSource
  void aCallIsAnsweredWithTheRecordThatItsWayWasGiven(MeteringRoute way) {
    ApiResponse answer = post(way.word(), "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Meterline-Destination", "memory:" + way.word());
    MeterRecord record = recorded.sent(way).getFirst();
    assertThat(answer.body()).isEqualTo(record.json());
    assertThat(record.line()).isEqualTo(marker(way) + " " + record.json());
    assertThat(answer.body())
        .isEqualTo(
            "{\"meterApiName\":\"api-calls\",\"customerId\":\"demo-customer\","
                + "\"meterTimeInMillis\":1663094105062,\"meterValue\":1,\"uniqueId\":\"%s\","
                    .formatted(record.uniqueId())
                + "\"dimensions\":{\"endpoint\":\"/%s\",\"method\":\"POST\"}}"
                    .formatted(way.word()));
  }

  private static String marker(MeteringRoute way) {
    return way == MeteringRoute.CW_SUBSCRIBER ? "meter_record_for_cw" : "meter_record_for_stream";
  }

  @Test
  void whatTheBodySaysIsMetered() {
    JsonNode record =
        JSON.readTree(
            post(
                    "direct-s3",
                    " {\"customerId\":\"M\\u00fc \\\"x\\\" 😀\", \"meterApiName\":\"gb\",\n"
                        + "\"value\":1.10, \"dimensions\":{\"region\":\"eu\",\"method\":\"PUT\"}} ")
                .body());
    assertThat(record.get("customerId").asString()).isEqualTo("Mü \"x\" 😀");
    assertThat(record.get("meterApiName").asString()).isEqualTo("gb");
    assertThat(record.get("dimensions"))
        .isEqualTo(
            JSON.readTree("{\"endpoint\":\"/direct-s3\",\"method\":\"PUT\",\"region\":\"eu\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.10, 1.10",
    "0, 0",
    "-3.50, -3.50",
    "9007199254740993, 9007199254740993",
    "1e3, 1E+3",
    "0.000000000000000000000000000001, 1E-30",
    "12345678901234567890.123456789, 12345678901234567890.123456789",
  })
  void valuesKeepTheirDigits(String value, String written) {
    assertThat(post("direct-api", "{\"value\":%s}".formatted(value)).body())
        .contains("\"meterValue\":%s,".formatted(written));
  }

  @Test
  void membersThatAreNullAreAsGoodAsNotThere() {
    String nulls = "{\"customerId\":null,\"meterApiName\":null,\"value\":null,\"dimensions\":null}";
    assertThat(post("direct-sqs", nulls).body())
        .contains("\"demo-customer\"", "\"api-calls\"", "\"meterValue\":1,");
  }

  @Test
  void everyRecordHasAnIdOfItsOwn() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      post("cw-subscriber", "");
    }
    recorded.sent(MeteringRoute.CW_SUBSCRIBER).forEach(record -> ids.add(record.uniqueId()));
    assertThat(ids).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|it is not a JSON object",
        "hello|it is not a JSON object",
        "{\"value\":|the text ends inside the value",
        "{\"value\":01}|leading zero",
        "{\"value\":1}x|there is more after the JSON object",
        "{\"value\":1,\"value\":2}|'value' is duplicated",
        "{\"valeu\":1}|'valeu' is not one of customerId, meterApiName, value, dimensions",
        "{\"value\":\"1\"}|value is not a number",
        "{\"value\":true}|value is not a number",
        "{\"value\":1e400}|more than a double holds",
        "{\"value\":1e99999999999}|beyond all bounds",
        "{\"customerId\":7}|customerId is not a string",
        "{\"customerId\":\" \"}|customerId is blank",
        "{\"meterApiName\":\"\"}|meterApiName is blank",
        "{\"meterApiName\":{}}|meterApiName is not a string",
        "{\"dimensions\":[]}|dimensions is not an object",
        "{\"dimensions\":{\"a\":1}}|dimension 'a' is not a string",
        "{\"dimensions\":{\"a\":null}}|dimension 'a' is not a string",
      })
  void aBadBodyIs400AndSaysWhy(String body, String why) {
    ApiResponse answer = post("direct-api", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).contains(why);
    assertThat(recorded.sent(MeteringRoute.DIRECT_API)).isEmpty();
  }

  @Test
  void aBodyThatIsNoUtf8Is400() {
    byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xE9, '"', '}'};
    ApiResponse answer = api.answer(new Request("POST", "/direct-api", body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).contains("UTF-8");
  }

  @Test
  void aRecordThatALogLineCanNotCarryIs400() {
    String long64 = "x".repeat(260_000);
    ApiResponse answer = post("stream-subscriber", "{\"customerId\":\"%s\"}".formatted(long64));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).contains("maxLineBytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "", "direct-api/x", "Direct-API", "prod/direct-api"})
  void anUnknownMethodIs404WithTheList(String word) {
    for (String verb : new String[] {"POST", "GET"}) {
      ApiResponse answer = api.answer(new Request(verb, "/" + word, new byte[0]));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(JSON.readTree(answer.body()).get("methods").values())
          .extracting(JsonNode::asString)
          .containsExactly(
              "direct-api", "direct-s3", "direct-sqs", "cw-subscriber", "stream-subscriber");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD"})
  void anotherVerbIs405AndSaysWhichIsAllowed(String verb) {
    ApiResponse answer = api.answer(new Request(verb, "/direct-api", new byte[0]));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "POST");
    assertThat(error(answer)).contains("use POST");
  }

  @Test
  void aSlashAtTheEndChangesNothing() {
    assertThat(post("direct-api/", "").body()).contains("\"endpoint\":\"/direct-api\"");
  }

  @Test
  void aRecordThatCouldNotBeSentIs502AndSaysWhy() {
    Map<MeteringRoute, Route> routes = recorded.routes();
    routes.put(
        MeteringRoute.DIRECT_API,
        new Route(
            record -> {
              throw new IOException("the receiver is down");
            },
            ""));
    routes.put(MeteringRoute.DIRECT_S3, Route.to(batch -> Delivery.refused(1), ""));
    MeteredApi failing = new MeteredApi(routes, MeterLogOptions.DEFAULT);
    ApiResponse down = failing.answer(new Request("POST", "/direct-api", new byte[0]));
    assertThat(down.status()).isEqualTo(502);
    assertThat(error(down)).isEqualTo("the record was not delivered: the receiver is down");
    ApiResponse refused = failing.answer(new Request("POST", "/direct-s3", new byte[0]));
    assertThat(refused.status()).isEqualTo(502);
    assertThat(error(refused)).contains("quarantine");
  }

  private ApiResponse post(String word, String body) {
    return api.answer(new Request("POST", "/" + word, body.getBytes(UTF_8)));
  }

  private static String error(ApiResponse answer) {
    return JSON.readTree(answer.body()).get("error").asString();
  }
}
