package io.meterline.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.NotDelivered;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import io.meterline.testing.IngestReceiver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent whose receiver refuses everything waits for somebody to correct the setting. */
class RefusalTest {
  private static final String KEY = "key-Zq81xv";
  private static final List<String> LINES =
      IntStream.range(0, 20).mapToObj(i -> Lines.bare(Lines.record("r" + i))).toList();
  private static final String EVENT = LambdaEvents.kinesis(Payload.of(LINES).gzip());
  private static final Instant ARRIVAL = Instant.ofEpochMilli(1_782_896_401_000L);
  private static final String DELIVERED = "{\"batchItemFailures\":[]}";
  private static final String COMES_AGAIN =
      "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
          .formatted(LambdaEvents.sequenceNumber(0));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private IngestReceiver receiver;
  private StubS3 quarantine;

  @BeforeAll
  static void giveCredentials() {
    System.setProperty("aws.accessKeyId", "function-access-key");
    System.setProperty("aws.secretAccessKey", "function-secret-key");
  }

  @AfterAll
  static void takeCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void start() throws IOException {
    receiver = IngestReceiver.start(KEY);
    quarantine = new StubS3();
  }

  @AfterEach
  void stop() {
    quarantine.close();
    receiver.close();
  }

  @Test
  void untilTheGraceIsOverTheBatchFailsAndThenItsRecordsAreInQuarantine() throws IOException {
    receiver.refuse(text -> true, 409, "no account for r3");
    assertThat(stream(Duration.ofMinutes(15).minusMillis(1))).isEqualTo(COMES_AGAIN);
    assertThat(quarantine.puts()).isZero();
    assertThat(printed.toString(UTF_8))
        .contains("answers 409", "none of 20 records", "METERLINE_REFUSAL_GRACE")
        .as("the receiver's words may quote a record")
        .doesNotContain("no account", KEY);

    assertThat(stream(Duration.ofMinutes(15))).isEqualTo(DELIVERED);
    assertThat(quarantine.puts()).isEqualTo(1);
    assertThat(printed.toString(UTF_8)).contains("\"Reason\":\"refused\"");
  }

  @Test
  void aReceiverThatIsCorrectedInTimeGetsAllRecords() throws IOException {
    receiver.refuse(text -> true, 400, "unknown tenant");
    assertThat(stream(Duration.ofMinutes(1))).isEqualTo(COMES_AGAIN);
    receiver.refuse(text -> false, 400, "");
    assertThat(stream(Duration.ofMinutes(2))).isEqualTo(DELIVERED);
    assertThat(receiver.accepted().stream().flatMap(List::stream)).hasSize(20);
    assertThat(quarantine.puts()).isZero();
  }

  @Test
  void aRefusedKeyFailsTheBatchHoweverOldItIs() throws IOException {
    receiver.close();
    receiver = IngestReceiver.start("another");
    assertThat(stream(Duration.ofDays(2))).isEqualTo(COMES_AGAIN);
    assertThat(quarantine.puts()).isZero();
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void oneRefusedRecordAmongOthersIsInQuarantineAtOnce() throws IOException {
    receiver.refuse(text -> text.contains("r7"), 400, "r7");
    assertThat(stream(Duration.ZERO)).isEqualTo(DELIVERED);
    assertThat(receiver.accepted().stream().flatMap(List::stream)).hasSize(19);
    assertThat(quarantine.puts()).isEqualTo(1);
  }

  @Test
  void aDirectEventFailsWithoutTheReceiversWords() {
    receiver.refuse(text -> true, 400, "you sent r3");
    String event = LambdaEvents.direct(Payload.of(LINES).gzip());
    Wiring wiring = wiring(InstantSource.fixed(Instant.EPOCH));
    assertThatThrownBy(
            () -> answer(new LogsAgent(new DirectAgent(wiring.ports()), telemetry()), event))
        .isInstanceOf(NotDelivered.class)
        .hasNoCause()
        .hasMessageContaining("answers 400: none of 20 records");
    assertThat(printed.toString(UTF_8)).doesNotContain("you sent");
  }

  /** What the agent answers when so much time has passed since the batch arrived. */
  private String stream(Duration age) throws IOException {
    Wiring wiring = wiring(InstantSource.fixed(ARRIVAL.plus(age)));
    return answer(new KinesisAgent(new StreamAgent(wiring.ports()), telemetry()), EVENT);
  }

  private Wiring wiring(InstantSource clock) {
    return Wiring.ofEnvironment(
        Map.of(
            "METERLINE_SINK",
            receiver.url().toString(),
            "METERLINE_API_KEY",
            KEY,
            "METERLINE_QUARANTINE",
            "s3://quarantine?endpoint=" + quarantine.endpoint()),
        clock);
  }

  private Telemetry telemetry() {
    return new Telemetry(
        new PrintStream(printed, true, UTF_8),
        InstantSource.fixed(ARRIVAL),
        Markers.DEFAULT.words());
  }

  private static String answer(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new TestContext());
    return answer.toString(UTF_8);
  }
}
