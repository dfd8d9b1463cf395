package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.core.Batch;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantined;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.NotDelivered;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample event holds a record that is delivered, and one that lacks all but its name. */
class HandlersTest {
  private static final String MARKER = Markers.DEFAULT.words().getFirst();
  private static final byte[] KINESIS = SampleEvents.kinesis(MARKER);
  private static final byte[] DIRECT = SampleEvents.direct(MARKER);

  private final List<String> bodies = new ArrayList<>();
  private final List<Quarantined> quarantined = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aBatchThatIsSafeHasNoFailures() throws IOException {
    assertThat(answer(kinesis(this::store), KINESIS)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(bodies).hasSize(1);
    assertThat(bodies.getFirst()).startsWith("[{\"meterApiName\":\"sample\"").endsWith("}]");
    assertThat(quarantined).hasSize(1);
  }

  @Test
  void aBatchThatIsNotDeliveredComesAgainFromItsLowestSequenceNumber() throws IOException {
    assertThat(answer(kinesis(HandlersTest::fail), KINESIS))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("\"level\":\"ERROR\"", "the bucket is on fire", "\"sequenceNumber\":\"1\"");
  }

  @Test
  void withoutASequenceNumberTheWholeBatchFails() {
    byte[] event =
        new String(KINESIS, StandardCharsets.UTF_8)
            .replace("\"sequenceNumber\":\"1\",", "")
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> answer(kinesis(HandlersTest::fail), event))
        .isInstanceOf(NotDelivered.class);
  }

  @Test
  void aFaultThatNobodyThoughtOfFailsTheInvocation() {
    MeterSink broken =
        batch -> {
          throw new IllegalStateException("a bug");
        };

    assertThatThrownBy(() -> answer(kinesis(broken), KINESIS))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDirectEventThatIsNotDeliveredFails() {
    assertThatThrownBy(() -> answer(direct(HandlersTest::fail), DIRECT))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("the bucket is on fire");
  }

  @Test
  void aDirectEventIsDelivered() throws IOException {
    assertThat(answer(direct(this::store), DIRECT)).isEmpty();
    assertThat(bodies).hasSize(1);
  }

  @Test
  void anEventThatIsNoneFailsAndSaysSo() {
    byte[] event = "{\"detail-type\":\"Scheduled Event\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> answer(kinesis(this::store), event))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither a Kinesis event");
  }

  @Test
  void eachInvocationPrintsItsMetrics() throws IOException {
    answer(kinesis(this::store), KINESIS);

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    JsonNode all = JsonMapper.shared().readTree(lines.get(0));
    assertThat(all.get("Agent").asString()).isEqualTo("agent");
    assertThat(all.get("Records").asLong()).isEqualTo(1);
    assertThat(all.get("Quarantined").asLong()).isEqualTo(1);
    assertThat(all.get("Payloads").asLong()).isEqualTo(1);
    assertThat(all.get("Events").asLong()).isEqualTo(2);
    assertThat(all.get("Bytes").asLong()).isPositive();
    assertThat(all.get("NewestEventAgeMillis").asLong()).isEqualTo(999);
    JsonNode directive = all.get("_aws").get("CloudWatchMetrics").get(0);
    assertThat(directive.get("Namespace").asString()).isEqualTo("Meterline");
    for (JsonNode metric : directive.get("Metrics")) {
      assertThat(all.has(metric.get("Name").asString())).as(metric.toString()).isTrue();
    }
    JsonNode byReason = JsonMapper.shared().readTree(lines.get(1));
    assertThat(byReason.get("Reason").asString()).isEqualTo("missing-field");
    assertThat(byReason.get("Quarantined").asLong()).isEqualTo(1);
  }

  @Test
  void neitherAMarkerNorARecordIsPrinted() throws IOException {
    MeterSink telling =
        batch -> {
          throw new IOException("refused " + MARKER);
        };
    answer(kinesis(telling), KINESIS);
    answer(kinesis(this::store), KINESIS);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("refused (marker)")
        .doesNotContain(MARKER, "customerId");
  }

  private RequestStreamHandler kinesis(MeterSink sink) {
    return new KinesisAgent(new StreamAgent(ports(sink)), telemetry());
  }

  private RequestStreamHandler direct(MeterSink sink) {
    return new LogsAgent(new DirectAgent(ports(sink)), telemetry());
  }

  private AgentPorts ports(MeterSink sink) {
    return new AgentPorts(
        Markers.DEFAULT,
        Limits.DEFAULT,
        sink,
        (id, part, entries) -> {
          quarantined.addAll(entries);
          return Delivery.of(true);
        },
        PartLimits.NONE);
  }

  private Telemetry telemetry() {
    return new Telemetry(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        InstantSource.fixed(Instant.ofEpochMilli(1000)),
        Markers.DEFAULT.words());
  }

  private Delivery store(Batch batch) {
    batch
        .parts(PartLimits.NONE)
        .forEach(part -> bodies.add(StandardCharsets.UTF_8.decode(part.array()).toString()));
    return Delivery.of(true);
  }

  private static Delivery fail(Batch batch) throws IOException {
    throw new IOException("the bucket is on fire");
  }

  private static String answer(RequestStreamHandler handler, byte[] event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), answer, new TestContext());
    return answer.toString(StandardCharsets.UTF_8);
  }
}
