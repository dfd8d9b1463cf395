package io.meterline.lambda;

import io.meterline.aws.AwsClients;
import io.meterline.aws.AwsCredentials;
import io.meterline.aws.AwsRetries;
import io.meterline.aws.S3Bucket;
import io.meterline.aws.S3Quarantine;
import io.meterline.aws.S3Sink;
import io.meterline.core.Limits;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Secret;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import io.meterline.core.json.JsonCursor;
import io.meterline.core.retry.MonotonicClock;
import io.meterline.core.retry.Retries;
import io.meterline.lambda.simulation.MemoryS3;
import io.meterline.local.FunctionException;
import io.meterline.local.InProcessFunction;
import io.meterline.local.Invocation;
import io.meterline.local.Sandbox;
import io.meterline.local.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both agents as they are deployed, before S3 in memory and in virtual time. */
final class Deployment {
  private static final String INGEST = "ingest-bucket";
  private static final String QUARANTINE = "quarantine-bucket";
  private static final Instant START = Instant.parse("2026-07-01T09:00:30Z");
  private static final int NESTING = 64;

  private final World world = World.quiet(1, START, (at, part, what) -> {});
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final MemoryS3 s3;
  private final InProcessFunction kinesisAgent;
  private final InProcessFunction logsAgent;
  private Duration timeout = Duration.ofMinutes(1);
  private Duration retryBudget = AwsRetries.DEFAULT_BUDGET;
  private PartLimits body = S3Sink.DEFAULT_BOUNDS;
  private Limits limits = Limits.DEFAULT;
  private Markers markers = Markers.DEFAULT;

  /** Before an S3 that takes everything. */
  Deployment() {
    this(bucket -> MemoryS3.Fate.DONE);
  }

  Deployment(MemoryS3.Fates fates) {
    this.s3 = new MemoryS3(fates);
    this.kinesisAgent =
        new InProcessFunction(
            sandbox -> new KinesisAgent(new StreamAgent(ports(sandbox)), telemetry()),
            world,
            this::print);
    this.logsAgent =
        new InProcessFunction(
            sandbox -> new LogsAgent(new DirectAgent(ports(sandbox)), telemetry()),
            world,
            this::print);
  }

  Deployment timeout(Duration duration) {
    timeout = duration;
    return this;
  }

  Deployment retryBudget(Duration duration) {
    retryBudget = duration;
    return this;
  }

  /** Holds for the next start. */
  Deployment maxBodyBytes(int bytes) {
    body = new PartLimits(Integer.MAX_VALUE, bytes);
    return this;
  }

  /** Holds for the next start. */
  Deployment limits(Limits others) {
    limits = others;
    return this;
  }

  /** Holds for the next start. */
  Deployment markers(String... words) {
    markers = new Markers(List.of(words));
    return this;
  }

  /** The same buckets, with a process that starts anew. */
  void restart() {
    kinesisAgent.stop();
    logsAgent.stop();
  }

  /** What the agent behind a stream answers. */
  String kinesis(String event) throws FunctionException {
    return new String(kinesisAgent.invoke(invocation(event)), StandardCharsets.UTF_8);
  }

  /** Has the agent that log groups invoke handle an event. */
  void direct(String event) throws FunctionException {
    logsAgent.invoke(invocation(event));
  }

  private Invocation invocation(String event) {
    return new Invocation(
        "request",
        "agent",
        world.timeline().instant().plus(timeout),
        event.getBytes(StandardCharsets.UTF_8));
  }

  /** How long all invocations took. */
  Duration elapsed() {
    return Duration.between(START, world.timeline().instant());
  }

  /** How many puts S3 saw. */
  int puts() {
    return s3.counts().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The keys in the ingest bucket. */
  List<String> objects() {
    return s3.objects().keySet().stream().filter(path -> path.startsWith(INGEST)).toList();
  }

  /** The texts of all records in the ingest bucket, as often as they are there. */
  List<String> records() {
    List<String> records = new ArrayList<>();
    for (Map.Entry<String, byte[]> object : s3.objects().entrySet()) {
      if (!object.getKey().startsWith(INGEST)) {
        continue;
      }
      byte[] array = object.getValue();
      JsonCursor in = JsonCursor.strict();
      in.reset(array, 0, array.length);
      in.pass();
      do {
        int from = in.at();
        in.value(NESTING);
        records.add(new String(Arrays.copyOfRange(array, from, in.at()), StandardCharsets.UTF_8));
      } while (in.more(']'));
    }
    return records;
  }

  /** All entries in quarantine. */
  List<JsonNode> quarantined() {
    return s3.objects().entrySet().stream()
        .filter(object -> object.getKey().startsWith(QUARANTINE))
        .flatMap(object -> new String(object.getValue(), StandardCharsets.UTF_8).lines())
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  /** All that both agents printed. */
  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private AgentPorts ports(Sandbox sandbox) {
    AwsClients clients = new AwsClients(s3.client(sandbox), Optional.empty());
    Retries retries =
        new Retries(AwsRetries.within(retryBudget), clock(sandbox), new SplittableRandom(1));
    return new AgentPorts(
        markers,
        limits,
        new S3Sink(bucket(INGEST), ObjectLayout.CONTRACT, body, retries, clients),
        new S3Quarantine(bucket(QUARANTINE), QuarantineLayout.DEFAULT, retries, clients),
        body);
  }

  private static S3Bucket bucket(String name) {
    return new S3Bucket(
        name,
        S3Bucket.DEFAULT_REGION,
        Optional.of(URI.create("http://memory.invalid")),
        Optional.empty(),
        Optional.empty(),
        new AwsCredentials.KeyPair("access", new Secret("secret")));
  }

  private MonotonicClock clock(Sandbox sandbox) {
    return new MonotonicClock() {
      @Override
      public long nanos() {
        return elapsed().toNanos();
      }

      @Override
      public void sleep(Duration duration) {
        sandbox.elapse(duration, "wait");
      }
    };
  }

  private Telemetry telemetry() {
    return new Telemetry(
        new PrintStream(printed, true, StandardCharsets.UTF_8), world.timeline(), markers.words());
  }

  private void print(String line) {
    printed.writeBytes(line.getBytes(StandardCharsets.UTF_8));
  }
}
