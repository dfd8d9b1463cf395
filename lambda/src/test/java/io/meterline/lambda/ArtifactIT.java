package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.local.FunctionException;
import io.meterline.local.Invocation;
import io.meterline.local.RuntimeProcess;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The artifact as it is deployed, on Lambda's own runtime, against moto's AWS on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtifactIT {
  private static final long MAX_BYTES = 12_000_000;

  private final Queue<String> printed = new ConcurrentLinkedQueue<>();
  private Moto moto;

  @BeforeAll
  void start() {
    // moto answers Kinesis in JSON alone.
    System.setProperty("aws.cborEnabled", "false");
    moto = new Moto();
  }

  @AfterAll
  void stop() {
    moto.close();
  }

  @Test
  void theArtifactIsSmall() throws IOException {
    assertThat(Files.size(Artifact.JAR)).isLessThan(MAX_BYTES);
  }

  @Test
  void whatIsLoggedArrivesInTheBucketByTheStream() throws Exception {
    List<String> lines =
        IntStream.range(0, 50).mapToObj(i -> Lines.node(Lines.record("stream-" + i))).toList();
    List<byte[]> payloads = throughCloudWatchLogs(lines);
    assertThat(payloads).isNotEmpty();

    String event = LambdaEvents.kinesis(payloads.toArray(new byte[0][]));
    try (RuntimeProcess agent = Artifact.run(KinesisAgent.class, environment(), printed::add)) {
      assertThat(invoke(agent, event)).isEqualTo("{\"batchItemFailures\":[]}");
      // Lambda delivers at least once: the second time nothing is written.
      int objects = moto.keys(Moto.INGEST).size();
      assertThat(invoke(agent, event)).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(moto.keys(Moto.INGEST)).hasSize(objects);
    }
    assertThat(moto.records().stream().filter(record -> record.contains("\"stream-")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 50).mapToObj(i -> Lines.record("stream-" + i)).toList());
    assertNothingPrinted();
  }

  @Test
  void aDirectEventArrivesToo() throws Exception {
    byte[] payload = Payload.of(Lines.bare(Lines.record("direct")), Lines.bare("{\"a\":1}")).gzip();
    try (RuntimeProcess agent = Artifact.run(LogsAgent.class, environment(), printed::add)) {
      invoke(agent, LambdaEvents.direct(payload));
    }
    assertThat(moto.records()).contains(Lines.record("direct"));
    assertThat(moto.quarantined())
        .anySatisfy(entry -> assertThat(entry).contains("missing-field", "{\\\"a\\\":1}"));
    assertNothingPrinted();
  }

  @Test
  void aBucketThatIsNotThereIsAFailedBatchAndNamed() throws Exception {
    Map<String, String> environment = environment();
    environment.put("INGEST_BUCKET_NAME", "no-such-bucket");
    byte[] payload = Payload.of(Lines.bare(Lines.record("lost"))).gzip();
    try (RuntimeProcess agent = Artifact.run(KinesisAgent.class, environment, printed::add)) {
      assertThat(invoke(agent, LambdaEvents.kinesis(payload)))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
                  .formatted(LambdaEvents.sequenceNumber(0)));
    }
    assertThat(printed).anySatisfy(line -> assertThat(line).contains("no-such-bucket"));
    assertNothingPrinted();
  }

  @Test
  void aWrongSettingIsNamedWhenTheFunctionStarts() {
    Map<String, String> environment = environment();
    environment.remove("INGEST_BUCKET_NAME");
    try (RuntimeProcess agent = Artifact.run(KinesisAgent.class, environment, printed::add)) {
      assertThatThrownBy(() -> invoke(agent, "{}"))
          .isInstanceOf(FunctionException.class)
          .hasMessageContaining("INGEST_BUCKET_NAME");
    }
  }

  @Test
  void rulesWithoutTheLayerThatReadsThemNameIt() {
    Map<String, String> environment = environment();
    environment.put("METERLINE_MAPPING", "builtin:nginx-combined");
    try (RuntimeProcess agent = Artifact.run(KinesisAgent.class, environment, printed::add)) {
      assertThatThrownBy(() -> invoke(agent, "{}"))
          .isInstanceOf(FunctionException.class)
          .hasMessageContaining("METERLINE_MAPPING")
          .hasMessageContaining("lambda/target/mapping-layer");
    }
  }

  @Test
  void withTheLayerALineWithoutAMarkerArrivesAndNothingIsWarnedOf() throws Exception {
    Map<String, String> environment = environment();
    environment.put("METERLINE_MAPPING", "builtin:nginx-combined");
    String line =
        "192.0.2.1 - bob [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.0\" 200 2326 \"-\" \"m\"";
    List<String> words = new ArrayList<>();
    // The option that the template sets.
    List<String> options = List.of("--sun-misc-unsafe-memory-access=allow");
    try (RuntimeProcess agent =
        Artifact.run(
            Artifact.withLayer(), LogsAgent.class, environment, 512, options, words::add)) {
      invoke(agent, LambdaEvents.direct(Payload.of(line).gzip()));
    }
    assertThat(moto.records())
        .anySatisfy(
            record -> assertThat(record).contains("\"customerId\":\"bob\"", "\"meterValue\":2326"));
    assertThat(String.join("\n", words)).doesNotContain("WARNING", "Unsafe");
  }

  @Test
  void theArtifactHoldsNothingThatReadsRules() throws IOException {
    try (JarFile jar = new JarFile(Artifact.JAR.toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .noneMatch(name -> name.matches("(io/meterline/mapping|dev/cel|com/google)/.*"))
          .doesNotContain("META-INF/services/io.meterline.core.rule.MappingReader");
    }
  }

  private Map<String, String> environment() {
    return new HashMap<>(moto.environment());
  }

  private static String invoke(RuntimeProcess agent, String event) throws FunctionException {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    byte[] answer =
        agent.invoke(new Invocation("request", "agent", Instant.now().plusSeconds(60), bytes));
    return new String(answer, StandardCharsets.UTF_8);
  }

  private void assertNothingPrinted() {
    assertThat(String.join("\n", printed))
        .doesNotContain("meter_record_for_", "customerId", "secret-key", "access-key");
  }

  /** Logs the lines, and reads from the stream what the subscription put there. */
  private List<byte[]> throughCloudWatchLogs(List<String> lines) {
    try (KinesisClient kinesis = moto.kinesis();
        CloudWatchLogsClient logs = moto.logs()) {
      kinesis.createStream(request -> request.streamName("meters").shardCount(1));
      String arn =
          kinesis
              .describeStream(request -> request.streamName("meters"))
              .streamDescription()
              .streamARN();
      logs.createLogGroup(request -> request.logGroupName("/app/api"));
      logs.createLogStream(request -> request.logGroupName("/app/api").logStreamName("first"));
      logs.putSubscriptionFilter(
          request ->
              request
                  .logGroupName("/app/api")
                  .filterName("meters")
                  .filterPattern("meter_record_for_stream")
                  .destinationArn(arn)
                  .roleArn("arn:aws:iam::123456789012:role/logs"));
      List<InputLogEvent> events = new ArrayList<>();
      long now = Instant.now().toEpochMilli();
      for (String line : lines) {
        events.add(InputLogEvent.builder().timestamp(now).message(line).build());
      }
      logs.putLogEvents(
          request -> request.logGroupName("/app/api").logStreamName("first").logEvents(events));
      String iterator =
          kinesis
              .getShardIterator(
                  request ->
                      request
                          .streamName("meters")
                          .shardId("shardId-000000000000")
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      return kinesis.getRecords(request -> request.shardIterator(iterator)).records().stream()
          .map(Record::data)
          .map(data -> data.asByteArray())
          .toList();
    }
  }
}
