package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Both handlers with rules from each of the places where they may be, before moto's AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MappingTest {
  private static final String RULES =
      """
      rules:
        - name: requests
          json: true
          when: has(line.path)
          record:
            meterApiName: "'requests'"
            customerId: line.customer
            meterValue: line.bytes
            uniqueId: line.id
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Moto moto;

  @BeforeAll
  void start() {
    moto = new Moto();
    // The function's own credentials, which are in the environment of a real one.
    System.setProperty("aws.accessKeyId", "function-access-key");
    System.setProperty("aws.secretAccessKey", "function-secret-key");
  }

  @AfterAll
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    moto.close();
  }

  @Test
  void linesWithoutAMarkerBecomeRecordsBesideThoseWithOne() throws IOException {
    AgentPorts ports = ports(RULES);
    byte[] payload =
        Payload.of(
                Lines.bare(Lines.record("marked")),
                "{\"path\":\"/\",\"customer\":\"c\",\"bytes\":1.10,\"id\":\"stream\"}",
                "{\"path\":\"/\",\"customer\":\"c\",\"id\":\"failed\"}",
                "GET /")
            .gzip();

    assertThat(
            answer(
                new KinesisAgent(new StreamAgent(ports), telemetry()),
                LambdaEvents.kinesis(payload)))
        .isEqualTo("{\"batchItemFailures\":[]}");

    assertThat(moto.records())
        .contains(Lines.record("marked"))
        .anySatisfy(record -> assertThat(record).contains("\"meterValue\":1.10", "\"stream\""));
    assertThat(moto.quarantined())
        .anySatisfy(
            entry ->
                assertThat(entry).contains("unmapped", "requests", "meterValue", "line.bytes"));
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("customer");
  }

  @Test
  void aLineThatARuleMultipliesIsQuarantinedAndItsNeighboursAreDelivered() throws IOException {
    AgentPorts ports =
        ports(
            RULES
                + """
                  - name: copies
                    contains: items
                    json: true
                    record:
                      forEach: line.items
                      meterApiName: "'copies'"
                      customerId: line.customer
                      meterValue: item
                      dimensions: {all: event.message}
                """);
    String poison =
        "{\"customer\":\"c\",\"items\":[1%s],\"text\":\"%s\"}"
            .formatted(",1".repeat(999), "x".repeat(205_000));
    byte[] payload =
        Payload.of(
                "{\"path\":\"/\",\"customer\":\"c\",\"bytes\":1,\"id\":\"before-poison\"}",
                poison,
                "{\"customer\":\"c\",\"items\":[7,8]}",
                "{\"path\":\"/\",\"customer\":\"c\",\"bytes\":1,\"id\":\"after-poison\"}")
            .gzip();

    assertThat(
            answer(
                new KinesisAgent(new StreamAgent(ports), telemetry()),
                LambdaEvents.kinesis(payload)))
        .isEqualTo("{\"batchItemFailures\":[]}");

    assertThat(moto.records().stream().filter(record -> record.contains("\"copies\"")))
        .hasSize(2)
        .allSatisfy(record -> assertThat(record).containsAnyOf("\"meterValue\":7", ":8"));
    assertThat(moto.records())
        .anySatisfy(record -> assertThat(record).contains("before-poison"))
        .anySatisfy(record -> assertThat(record).contains("after-poison"));
    assertThat(moto.quarantined().stream().filter(entry -> entry.contains("rule 'copies'")))
        .singleElement()
        .asString()
        .contains("too-large", "makes more than");
  }

  @Test
  void rulesAreReadFromS3() throws IOException {
    moto.put("usage/rules.yaml", RULES);
    delivers("s3://" + Moto.INGEST + "/usage/rules.yaml", "from-s3");
  }

  @Test
  void rulesAreReadFromSystemsManager() throws IOException, InterruptedException {
    moto.parameter("/meterline/rules", RULES);
    delivers("ssm:/meterline/rules?endpoint=" + moto.endpoint(), "from-ssm");
  }

  @Test
  void whatIsWrongInThemNamesWhereTheyStand() {
    moto.put("usage/wrong.yaml", RULES.replace("json:", "jsn:"));
    String place = "s3://" + Moto.INGEST + "/usage/wrong.yaml";
    refuses(place, place + ":3:", "'jsn'", "'json'");
  }

  @Test
  void aPlaceWhereNothingStandsIsNamed() {
    refuses("s3://" + Moto.INGEST + "/none.yaml", "none.yaml");
    refuses("s3://no-such-bucket/rules.yaml", "no-such-bucket");
    refuses("ssm:none?endpoint=" + moto.endpoint(), "ssm:none", "ParameterNotFound");
  }

  private void refuses(String mapping, String... words) {
    assertThatThrownBy(() -> ports(mapping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("METERLINE_MAPPING: ")
        .hasMessageContainingAll(words);
  }

  private void delivers(String mapping, String id) throws IOException {
    byte[] payload =
        Payload.of("{\"path\":\"/\",\"customer\":\"c\",\"bytes\":1,\"id\":\"%s\"}".formatted(id))
            .gzip();
    answer(
        new LogsAgent(new DirectAgent(ports(mapping)), telemetry()), LambdaEvents.direct(payload));
    assertThat(moto.records()).anySatisfy(record -> assertThat(record).contains(id));
  }

  private AgentPorts ports(String mapping) {
    Map<String, String> environment = moto.environment();
    environment.put("METERLINE_MAPPING", mapping);
    return Wiring.ofEnvironment(environment).ports();
  }

  private Telemetry telemetry() {
    return new Telemetry(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        InstantSource.system(),
        List.of("meter_record_for_stream"));
  }

  private static String answer(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        new TestContext());
    return answer.toString(StandardCharsets.UTF_8);
  }
}
