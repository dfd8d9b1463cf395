package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.usage.Aggregation;
import io.meterline.ledger.usage.MeterDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LedgerServerTest {
  private static final String RECORDS =
      """
      {"meterApiName":"api","customerId":"c1","meterTimeInMillis":1792886400000,"meterValue":1.5,"uniqueId":"u1","dimensions":{"region":"eu"}}
      {"meterApiName":"api","customerId":"c2","meterTimeInMillis":1792886400000,"meterValue":2,"uniqueId":"u2"}
      {"meterApiName":"api","customerId":"c1","meterTimeInMillis":1792886400000,"meterValue":9,"uniqueId":"u1"}
      {"customerId":"c1"}
      """;

  private static final String USAGE = "/api/usage?meter=api&from=2026-10-25&to=2026-10-26";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Ledger ledger;
  private LedgerServer server;

  @BeforeEach
  void start() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    server = LedgerServer.start(ledger, loopback(), "");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    ledger.close();
  }

  @Test
  void eachRecordOfABodyHasItsAnswer() throws Exception {
    assertThat(post(RECORDS).body())
        .isEqualTo(
            """
            {"records":[
            {"status":"stored"},
            {"status":"stored"},
            {"status":"conflict","reason":"different-content","detail":"the ledger has the value 1.5"},
            {"status":"refused","reason":"missing-field","detail":"meterApiName is missing, and so is values"}]}
            """);
    assertThat(post(RECORDS.lines().findFirst().orElseThrow()).body()).contains("duplicate");
  }

  @Test
  void usageIsToldAsJsonAndWhereAcceptedAsCsv() throws Exception {
    post(RECORDS);
    HttpResponse<String> json = get(USAGE, "application/json");
    assertThat(json.body()).contains("{\"value\":3.5}");
    HttpResponse<String> csv = get(USAGE + "&group-by=customerId&window=day", "text/csv");
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    assertThat(csv.body())
        .isEqualTo(
            """
            window,customerId,value
            2026-10-25T00:00:00Z,c1,1.5
            2026-10-25T00:00:00Z,c2,2
            """);
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void aRangeWithoutRecordsIsAnsweredWhateverTheMeterIs(Aggregation aggregation) throws Exception {
    post(RECORDS);
    String over = aggregation == Aggregation.UNIQUE_COUNT ? "region" : "";
    ledger.define(List.of(new MeterDefinition("api", aggregation, over, "")));
    String before = USAGE.replace("2026", "2025");
    assertThat(get(before, "*/*").statusCode()).isEqualTo(200);
    assertThat(get(before + "&window=day&fill=true", "*/*").statusCode()).isEqualTo(200);
    assertThat(get(before + "&group-by=customerId&top=3", "*/*").body()).contains("\"rows\":[]");
  }

  @Test
  void filtersAndPagesAreKept() throws Exception {
    post(RECORDS);
    assertThat(get(USAGE + "&filter=region%3Deu", "*/*").body()).contains("{\"value\":1.5}");
    assertThat(get("/api/records?limit=1&skip=1", "*/*").body())
        .contains("\"meterValue\":1.5,\"dimensions\":{\"region\":\"eu\"},\"uniqueId\":\"u1\"")
        .doesNotContain("u2");
    assertThat(get("/api/customers?after=c1", "*/*").body()).contains("c2").doesNotContain("c1");
    assertThat(get("/api/meters", "*/*").body()).contains("\"meter\":\"api\"");
    assertThat(get("/api/status", "*/*").body()).contains("\"rows\":2").contains("\"conflicts\":1");
  }

  @Test
  void mistakesAreProblems() throws Exception {
    post(RECORDS);
    assertProblem(
        get("/api/usage?from=2026-10-25&to=2026-10-26", "*/*"), 400, "'meter' is missing");
    assertProblem(
        get(USAGE.replace("api&", "apix&"), "*/*"), 400, "did you mean 'api'? Known: api");
    assertProblem(get(USAGE + "&windows=day", "*/*"), 400, "parameter 'windows' is unknown");
    assertProblem(get(USAGE + "&window=year", "*/*"), 400, "'year' is not one of none, minute");
    assertProblem(
        get(USAGE.replace("to=2026-10-26", "to=2027-10-26") + "&window=minute", "*/*"),
        400,
        "more than 10000 windows of a minute");
    assertProblem(get(USAGE + "&window=day&window=hour", "*/*"), 400, "'window' is duplicated");
    assertProblem(get(USAGE + "&fill=yes", "*/*"), 400, "'yes' must be true or false");
    assertProblem(get(USAGE + "&top=0", "*/*"), 400, "'0' must be a whole number from 1");
    assertProblem(get(USAGE + "&group-by=a,,b", "*/*"), 400, "a name that is empty");
    assertProblem(get(USAGE + "&group-by=a,b,c,d,e,f,g,h,i", "*/*"), 400, "at most 8");
    assertProblem(get(USAGE + "&filter=region", "*/*"), 400, "must be K=V");
    assertProblem(get(USAGE + "&zone=Berlin", "*/*"), 400, "not a time zone");
    assertProblem(get(USAGE.replace("to=2026", "to=2025"), "*/*"), 400, "is not before");
    assertProblem(
        get(USAGE.replace("to=2026-10-26", "to=%2B99999-01-01T00:00:00Z"), "*/*"), 400, "to: ");
    assertProblem(get("/api/records?skip=100001", "*/*"), 400, "from 0 to 100000");
    assertProblem(get("/api/arrivals?minutes=0", "*/*"), 400, "from 1 to");
    assertProblem(post(""), 400, "the body is empty");
    assertProblem(get("/nothing", "*/*"), 404, "/nothing is nothing here");
    assertProblem(get("/api/ingest", "*/*"), 405, "use POST");
    assertProblem(post("[{"), 400, "truncated");
  }

  @Test
  void whatNoRecordEverHadIsAProblemOnEveryPath() throws Exception {
    post(RECORDS);
    String range = "from=2026-10-25&to=2026-10-26";
    assertProblem(get(USAGE + "&group-by=customer", "*/*"), 400, "did you mean 'customerId'?");
    assertProblem(get(USAGE + "&filter=customerId%3Dc12", "text/csv"), 400, "customer 'c12': did");
    assertProblem(get("/api/totals?customerId=c12&" + range, "*/*"), 400, "did you mean 'c1'?");
    assertProblem(get("/api/records?customerId=c12", "*/*"), 400, "did you mean 'c1'?");
    assertProblem(get("/api/records?meter=apx", "text/csv"), 400, "did you mean 'api'?");
    assertProblem(get("/api/dimensions?meter=apx&" + range, "*/*"), 400, "did you mean 'api'?");
  }

  @Test
  void anEmptyAnswerSaysWhy() throws Exception {
    post(RECORDS);
    String before = USAGE.replace("2026", "2025");
    assertThat(get(before + "&filter=customerId%3Dc2", "*/*").body())
        .contains("\"note\":\"no record of meter 'api' with customerId 'c2' from 2025-10-25T")
        .contains("there are some from 2026-10-25T00:00:00Z");
    assertThat(get(USAGE, "*/*").body()).doesNotContain("note");
    assertThat(get("/api/records?customerId=c1&to=2025-01-01", "*/*").body())
        .startsWith("{\"note\":\"no record fits, from 1970-01-01T00:00:00Z")
        .endsWith("\"records\":[\n]}\n");
    assertThat(get("/api/totals?customerId=c1&from=2025-01-01&to=2025-01-02", "*/*").body())
        .startsWith("{\"note\":\"no record of customer 'c1' from 2025-01-01T00:00:00Z to");
  }

  @Test
  void recordsAreCsvWhereThatIsAccepted() throws Exception {
    post(RECORDS);
    assertThat(get("/api/records", "text/csv").body())
        .matches(
            """
            meterApiName,customerId,meterTimeInMillis,meterValue,dimensions,uniqueId,object
            api,c2,1792886400000,2,\\{},u2,http/[0-9a-f-]{36}
            api,c1,1792886400000,1.5,"\\{""region"":""eu""}",u1,http/[0-9a-f-]{36}
            """);
    assertThat(get("/api/records?to=2025-01-01", "text/csv").body()).hasLineCount(1);
  }

  @Test
  void csvForASpreadsheetHoldsNoFormula() throws Exception {
    post(
        """
        {"meterApiName":"f","customerId":"=cmd|' /C calc'!A0","meterTimeInMillis":1792886400000,"meterValue":-3,"uniqueId":"@SUM(1)","dimensions":{"-d":"+1"}}
        """);
    String usage = USAGE.replace("meter=api", "meter=f") + "&group-by=customerId,-d";
    assertThat(get(usage + "&spreadsheet=true", "text/csv").body())
        .isEqualTo("customerId,'-d,value\n'=cmd|' /C calc'!A0,'+1,-3\n");
    assertThat(get(usage, "text/csv").body())
        .isEqualTo("customerId,-d,value\n=cmd|' /C calc'!A0,+1,-3\n");
    assertThat(get("/api/records?spreadsheet=true", "text/csv").body())
        .contains("f,'=cmd|' /C calc'!A0,1792886400000,-3,\"{\"\"-d\"\":\"\"+1\"\"}\",'@SUM(1),");
    assertProblem(get(usage + "&spreadsheet=yes", "text/csv"), 400, "must be true or false");
  }

  @Test
  void aTokenIsAskedForWhereThereIsOne() throws Exception {
    try (LedgerServer guarded = LedgerServer.start(ledger, loopback(), "secret")) {
      URI uri = URI.create("http://localhost:" + guarded.port() + "/api/status");
      HttpRequest without = HttpRequest.newBuilder(uri).build();
      assertProblem(client.send(without, BodyHandlers.ofString()), 401, "Bearer TOKEN");
      HttpRequest with =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer secret").build();
      assertThat(client.send(with, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpRequest withKey = HttpRequest.newBuilder(uri).header("X-API-KEY", "secret").build();
      assertThat(client.send(withKey, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void noOneListensToOtherMachinesWithoutAToken() {
    assertThatThrownBy(() -> LedgerServer.start(ledger, new InetSocketAddress("0.0.0.0", 0), ""))
        .hasMessageContaining("a token is needed");
  }

  @Test
  void aPageOfAnotherOriginIsNotAnswered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/ingest"))
            .header("Origin", "https://elsewhere.example")
            .POST(BodyPublishers.ofString(RECORDS))
            .build();
    assertProblem(client.send(request, BodyHandlers.ofString()), 403, "other origins");
    assertThat(ledger.status().rows()).isZero();
  }

  @Test
  void theDescriptionNamesEveryPath() throws Exception {
    assertThat(get("/api/openapi.json", "*/*").body())
        .contains("\"/api/usage\"", "\"/api/meters\"", "\"/api/customers\"", "\"/api/records\"")
        .contains("\"/api/ingest\"", "\"/api/status\"", "\"/api/totals\"", "\"/api/arrivals\"")
        .contains("\"/api/dimensions\"", "\"/api/quarantine\"", "\"/api/conflicts\"");
  }

  @Test
  void textBeyondAsciiIsToldAsItIs() throws Exception {
    post(
        """
        {"meterApiName":"m","customerId":"c","meterTimeInMillis":1,"meterValue":1,"dimensions":{"city":"Zürich €"}}
        {"customerId":"Žižek"}
        """);
    assertThat(get("/api/records", "*/*").body()).contains("{\"city\":\"Zürich €\"}");
    assertThat(get("/api/quarantine", "*/*").body()).contains("Žižek");
  }

  @Test
  void aReasonThatNothingHasIsAProblem() throws Exception {
    assertProblem(
        get("/api/quarantine?reason=truncatd", "*/*"), 400, "'truncatd' is unknown. Known: malf");
  }

  @Test
  void aDefinitionOverAnUnknownDimensionIsTakenWithAWarning() throws Exception {
    post(RECORDS);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/meters"))
            .PUT(BodyPublishers.ofString("{meters: {api: {aggregation: UNIQUE_COUNT, over: x}}}"))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"warnings\":[\"meter 'api' is defined over 'x': no record of meter 'api'");
    assertThat(get("/api/meters", "*/*").body()).contains("\"over\":\"x\"");
  }

  @Test
  void whatWasKeptAsideIsToldWithItsReason() throws Exception {
    post(RECORDS);
    assertThat(get("/api/quarantine", "*/*").body())
        .contains("{\"reason\":\"missing-field\",\"count\":1}")
        .contains("\"position\":3", "\"text\":\"{\\\"customerId\\\":\\\"c1\\\"}\"");
    assertThat(get("/api/quarantine?reason=truncated", "*/*").body())
        .contains("\"quarantine\":[\n]");
    assertThat(get("/api/conflicts", "*/*").body())
        .contains("\"uniqueId\":\"u1\",\"meterValue\":9,\"dimensions\":{}")
        .contains("\"detail\":\"the ledger has the value 1.5\"");
  }

  @Test
  void totalsDimensionsAndArrivalsAreTold() throws Exception {
    post(RECORDS);
    String range = "from=2026-10-25&to=2026-10-26";
    assertThat(get("/api/totals?" + range, "*/*").body()).contains("\"rows\":2,\"value\":3.5");
    assertThat(get("/api/totals?customerId=c1&" + range, "*/*").body())
        .contains("\"rows\":1,\"value\":1.5");
    assertThat(get("/api/dimensions?meter=api&" + range, "*/*").body())
        .contains("{\"name\":\"region\",\"value\":\"eu\"}");
    assertThat(get("/api/arrivals?minutes=1440", "*/*").body())
        .contains("\"records\":4,\"stored\":2,\"duplicates\":0,\"conflicts\":1,\"quarantined\":1");
  }

  @Test
  void recordsAndCustomersAreFoundByAPartOfWhatTheySay() throws Exception {
    String derived = "0123456789abcdef0123456789abcdef";
    post(RECORDS.replace("\"u2\"", "\"" + derived + "\""));
    assertThat(get("/api/records?search=EU", "*/*").body()).contains("u1").doesNotContain(derived);
    assertThat(get("/api/records?search=" + derived, "*/*").body())
        .contains(derived)
        .doesNotContain("u1");
    assertThat(get("/api/records?search=C2", "*/*").body()).contains(derived);
    assertThat(get("/api/records?search=%25", "*/*").body()).doesNotContain("customerId");
    assertThat(get("/api/customers?search=2", "*/*").body())
        .contains("{\"customerId\":\"c2\",\"rows\":1,\"newestMillis\":1792886400000}")
        .doesNotContain("c1");
  }

  @Test
  void metersComeInPagesAndTheClientReadsThemAll() throws Exception {
    List<MeterDefinition> defined = new ArrayList<>();
    for (int i = 0; i < 2001; i++) {
      String name = "m+&%% %04d".formatted(i);
      defined.add(new MeterDefinition(name, Aggregation.MAX, "", "u"));
    }
    ledger.define(defined);
    assertThat(meters("")).isEqualTo(100);
    assertThat(meters("?limit=1000")).isEqualTo(1000);
    assertThat(get("/api/meters?limit=1&after=m%2B%26%25%200007", "*/*").body())
        .contains("\"meter\":\"m+&% 0008\"")
        .doesNotContain("0007", "0009");
    assertProblem(get("/api/meters?limit=1001", "*/*"), 400, "limit: '1001' must be a whole");
    assertProblem(get("/api/meters?skip=1", "*/*"), 400, "parameter 'skip' is unknown");
    try (LedgerClient asked = new LedgerClient(uri(""), "")) {
      assertThat(asked.meters()).isEqualTo(defined);
    }
  }

  private int meters(String query) throws Exception {
    return get("/api/meters" + query, "*/*").body().split("\"meter\":", -1).length - 1;
  }

  @Test
  void aMeterIsDefined() throws Exception {
    post(RECORDS);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/meters"))
            .PUT(BodyPublishers.ofString("{\"meters\":{\"api\":{\"aggregation\":\"MAX\"}}}"))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    assertThat(get(USAGE, "*/*").body()).contains("{\"value\":2}");
  }

  @Test
  void theAnswerIsCsvWhereThatIsWantedMore() throws Exception {
    post(RECORDS);
    assertThat(type("text/csv;q=0.1, application/json;q=0.9")).isEqualTo("application/json");
    assertThat(type("text/csv;q=0")).isEqualTo("application/json");
    assertThat(type("text/csv, */*;q=0.1")).isEqualTo("text/csv; charset=utf-8");
    assertThat(type("*/*")).isEqualTo("application/json");
  }

  @Test
  void methodsAreThoseOfThePath() throws Exception {
    assertThat(send("OPTIONS", "/api/meters").headers().firstValue("Allow"))
        .hasValue("GET, HEAD, PUT, OPTIONS");
    HttpResponse<String> head = send("HEAD", "/api/status");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    HttpResponse<String> wrong = send("DELETE", "/api/status");
    assertProblem(wrong, 405, "use GET, HEAD, OPTIONS");
    assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertProblem(send("POST", "/"), 405, "use GET");
  }

  @Test
  void aBodyBeyondTheBoundOrPackedOtherwiseIsRefused() throws Exception {
    HttpRequest large =
        HttpRequest.newBuilder(uri("/api/ingest"))
            .POST(BodyPublishers.ofByteArray(new byte[16 * 1024 * 1024 + 1]))
            .build();
    assertProblem(client.send(large, BodyHandlers.ofString()), 413, "at most 16777216");
    HttpRequest packed =
        HttpRequest.newBuilder(uri("/api/ingest"))
            .header("Content-Encoding", "br")
            .POST(BodyPublishers.ofString("x"))
            .build();
    assertProblem(client.send(packed, BodyHandlers.ofString()), 415, "not br");
  }

  private String type(String accept) throws Exception {
    return get(USAGE, accept).headers().firstValue("Content-Type").orElse("");
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString(UTF_8));
  }

  private static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"status\":" + status).contains(detail);
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).header("Accept", accept).build();
    return client.send(request, BodyHandlers.ofString(UTF_8));
  }

  private HttpResponse<String> post(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/ingest")).POST(BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString(UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
