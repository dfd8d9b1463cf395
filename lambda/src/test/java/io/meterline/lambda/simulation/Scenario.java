package io.meterline.lambda.simulation;

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
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.find.Markers;
import io.meterline.core.retry.MonotonicClock;
import io.meterline.core.retry.Retries;
import io.meterline.lambda.KinesisAgent;
import io.meterline.lambda.LogsAgent;
import io.meterline.lambda.Telemetry;
import io.meterline.lambda.simulation.MemoryS3.Fate;
import io.meterline.local.AsyncInvocation;
import io.meterline.local.AsyncSettings;
import io.meterline.local.DataStream;
import io.meterline.local.Distribution;
import io.meterline.local.EventSourceMapping;
import io.meterline.local.EventSourceMappingSettings;
import io.meterline.local.Fault;
import io.meterline.local.FilterPattern;
import io.meterline.local.FunctionException;
import io.meterline.local.HandlerFactory;
import io.meterline.local.InProcessFunction;
import io.meterline.local.InputLogEvent;
import io.meterline.local.LambdaFunction;
import io.meterline.local.LogDestination;
import io.meterline.local.LogGroup;
import io.meterline.local.LogGroupSettings;
import io.meterline.local.Sandbox;
import io.meterline.local.SeededFaults;
import io.meterline.local.Shard;
import io.meterline.local.StoredLogEvent;
import io.meterline.local.StreamSettings;
import io.meterline.local.Subscription;
import io.meterline.local.SubscriptionFilter;
import io.meterline.local.Trace;
import io.meterline.local.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Minutes to days of operation, all of which follows from a seed: applications log, CloudWatch Logs
 * subscribes, Lambda invokes the real handlers, S3 and the processes fail in all their ways. At the
 * end the faults stop, and all that is under way comes to rest.
 */
final class Scenario {
  static final String INGEST = "ingest-bucket";
  static final String QUARANTINE = "quarantine-bucket";

  private static final Instant START = Instant.parse("2026-03-28T22:00:00Z");
  private static final Duration REST = Duration.ofDays(20);
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(9);
  private static final Duration RECORD_AGE = Duration.ofHours(6);

  private final long seed;
  private final Variant variant;
  private final RandomGenerator random;
  private final SeededFaults faults;
  private final World world;
  private final MemoryS3 s3;
  private final Map<Fate, Double> fates = new EnumMap<>(Fate.class);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ExpectedRecords books;
  private final boolean boundsChange;
  private final Deployed kinesisAgent;
  private final Deployed logsAgent;
  private Instant outageFrom = Instant.MAX;
  private Instant outageTo = Instant.MIN;
  private String outageOf = "";
  private boolean calm;
  private int givenUp;
  private int timeouts;

  Scenario(long seed, Variant variant, Trace trace) {
    this.seed = seed;
    this.variant = variant;
    this.random = new SplittableRandom(seed);
    this.faults = new SeededFaults(new SplittableRandom(seed + 1), chances());
    this.world =
        new World(
            new io.meterline.local.Timeline(START), new SplittableRandom(seed + 2), faults, trace);
    this.s3 = new MemoryS3(this::fate);
    this.books = new ExpectedRecords(s3);
    this.boundsChange = random.nextInt(4) == 0;
    this.kinesisAgent = new Deployed(bounds());
    this.logsAgent = new Deployed(bounds());
    for (Fate fate : Fate.values()) {
      fates.put(fate, random.nextInt(3) == 0 ? random.nextDouble() * 0.15 : 0.0);
    }
    if (random.nextInt(4) == 0) {
      fates.clear();
    }
  }

  /** Few records a body, or as many as come. */
  private PartLimits bounds() {
    boolean tight = random.nextInt(boundsChange ? 2 : 4) == 0;
    return new PartLimits(
        Integer.MAX_VALUE, tight ? 1_300 + random.nextInt(4_000) : 32 * 1024 * 1024);
  }

  private Map<Fault, Double> chances() {
    Map<Fault, Double> chances = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      boolean rare = fault == Fault.CRASH || fault == Fault.DELIVERY_DENIED;
      chances.put(fault, random.nextInt(3) == 0 ? random.nextDouble() * (rare ? 0.03 : 0.1) : 0.0);
    }
    return chances;
  }

  private Fate fate(String bucket) {
    if (calm) {
      return Fate.DONE;
    }
    Instant now = world.timeline().instant();
    if (bucket.equals(outageOf) && !now.isBefore(outageFrom) && now.isBefore(outageTo)) {
      return Fate.CUT;
    }
    for (Fate fate : Fate.values()) {
      if (fate != Fate.DONE && random.nextDouble() < fates.getOrDefault(fate, 0.0)) {
        return fate;
      }
    }
    return Fate.DONE;
  }

  /** Lets it all happen; what is wrong with the books at the end, one line each. */
  Outcome run() {
    Lines streamLines = new Lines(random, "meter_record_for_stream", 0);
    Lines directLines = new Lines(random, "meter_record_for_cw", 1_000_000);
    DataStream stream =
        new DataStream(
            "meters", StreamSettings.defaults().withShards(1 + random.nextInt(3)), world);
    EventSourceMapping mapping =
        new EventSourceMapping(
            mappingSettings(),
            stream,
            watched(new InProcessFunction(kinesisAgent(), world, this::logged), kinesisAgent),
            "kinesis-agent",
            failed -> {
              books.gaveUp(failed.payload());
              givenUp++;
            },
            world);
    AsyncInvocation direct =
        new AsyncInvocation(
            watched(new InProcessFunction(logsAgent(), world, this::logged), logsAgent),
            "logs-agent",
            AsyncSettings.defaults(),
            failed -> books.gaveUp(failed.payload()),
            world);
    LogGroup group = new LogGroup("/app/api", LogGroupSettings.defaults(), world);
    Distribution distribution =
        random.nextBoolean() ? Distribution.RANDOM : Distribution.BY_LOG_STREAM;
    Subscription toStream =
        group.putSubscriptionFilter(
            new SubscriptionFilter(
                "stream",
                FilterPattern.parse("meter_record_for_stream"),
                new LogDestination.Kinesis(stream),
                distribution));
    Subscription toFunction =
        group.putSubscriptionFilter(
            new SubscriptionFilter(
                "direct",
                FilterPattern.parse("meter_record_for_cw"),
                new LogDestination.Lambda(direct),
                distribution));
    operate(group, stream, streamLines, directLines);
    faults.stop();
    calm = true;
    boolean settled = world.timeline().settle(REST);
    books.expect(streamLines, toStream);
    books.expect(directLines, toFunction);
    List<String> wrong = new ArrayList<>(books.mistakes());
    if (!settled || !mapping.caughtUp() || direct.pending() > 0) {
      wrong.add("it did not come to rest within " + REST);
    }
    if (givenUp > 0 && s3IsWell()) {
      wrong.add("batches were given up although S3 took all");
    }
    if (timeouts > 0) {
      wrong.add(timeouts + " invocations ran out of time");
    }
    mapping.lost().forEach(record -> wrong.add("expired unread: " + record.sequence()));
    String log = printed.toString(StandardCharsets.UTF_8);
    if (log.contains("meter_record_for_") || log.contains("serial")) {
      wrong.add("a marker or a record was printed");
    }
    Duration lasted = Duration.between(START, world.timeline().instant());
    return new Outcome(seed, wrong, lasted, faults.counts(), s3.counts(), books.recordsDelivered());
  }

  private boolean s3IsWell() {
    return outageOf.isEmpty() && fates.values().stream().allMatch(chance -> chance == 0);
  }

  private void operate(LogGroup group, DataStream stream, Lines toStream, Lines toFunction) {
    Duration length = Duration.ofMinutes(10 + random.nextInt(random.nextInt(5) == 0 ? 4000 : 300));
    if (random.nextInt(3) == 0) {
      outageOf = random.nextBoolean() ? INGEST : QUARANTINE;
      outageFrom = START.plus(length.dividedBy(4));
      outageTo = outageFrom.plusSeconds(random.nextLong(LONGEST_OUTAGE.toSeconds()));
    }
    int calls = 5 + random.nextInt(40);
    for (int i = 0; i < calls; i++) {
      world.timeline().advance(length.dividedBy(calls));
      switch (random.nextInt(20)) {
        case 0 -> reshard(stream);
        case 1 -> garbage(stream);
        case 2 -> world.timeline().elapse(Duration.ofMinutes(random.nextInt(30)));
        default -> log(group, random.nextInt(4) == 0 ? toFunction : toStream);
      }
    }
  }

  private void log(LogGroup group, Lines lines) {
    Instant now = world.timeline().instant();
    List<InputLogEvent> events = new ArrayList<>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      events.add(new InputLogEvent(now, lines.next()));
    }
    List<StoredLogEvent> accepted =
        group.putLogEvents("stream-" + random.nextInt(3), events).accepted();
    books.logged(accepted);
  }

  private void reshard(DataStream stream) {
    List<List<Shard>> pairs = stream.adjacentShards();
    if (!pairs.isEmpty() && random.nextBoolean()) {
      stream.merge(pairs.getFirst().getFirst(), pairs.getFirst().getLast());
    } else {
      List<Shard> open = stream.openShards();
      stream.split(open.get(random.nextInt(open.size())));
    }
  }

  /** Bytes that nobody can read, as someone else who may write to the stream would put there. */
  private void garbage(DataStream stream) {
    byte[] bytes = ("garbage " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
    books.expectUnreadable(bytes);
    stream.putRecord("garbage", bytes);
  }

  private EventSourceMappingSettings mappingSettings() {
    EventSourceMappingSettings settings =
        EventSourceMappingSettings.defaults()
            .withBatch(1 + random.nextInt(100), Duration.ofSeconds(random.nextInt(60)))
            .withFunctionTimeout(Duration.ofSeconds(3 + random.nextInt(120)))
            .withMaximumRecordAge(RECORD_AGE);
    return random.nextBoolean() ? settings.withBisectBatchOnFunctionError() : settings;
  }

  /** Tells the books what each invocation got, and which objects it put or found. */
  private LambdaFunction watched(LambdaFunction function, Deployed settings) {
    return invocation -> {
      s3.takeTouched();
      try {
        return function.invoke(invocation);
      } catch (FunctionException e) {
        timeouts += e.errorType().equals("Sandbox.Timedout") ? 1 : 0;
        throw e;
      } finally {
        books.invoked(invocation.event(), settings.body, s3.takeTouched());
      }
    };
  }

  private HandlerFactory kinesisAgent() {
    return sandbox ->
        new KinesisAgent(variant.stream(ports(sandbox, kinesisAgent), random), telemetry());
  }

  private HandlerFactory logsAgent() {
    return sandbox -> new LogsAgent(variant.direct(ports(sandbox, logsAgent), random), telemetry());
  }

  private AgentPorts ports(Sandbox sandbox, Deployed settings) {
    if (boundsChange) {
      // Somebody deploys another setting while batches are under way.
      settings.body = bounds();
    }
    AwsClients clients = new AwsClients(s3.client(sandbox), Optional.empty());
    Retries retries =
        new Retries(AwsRetries.within(AwsRetries.DEFAULT_BUDGET), clock(sandbox), world.random());
    Limits limits = new Limits(1024, Limits.DEFAULT.maxPayloadBytes(), 1024);
    return new AgentPorts(
        Markers.DEFAULT,
        limits,
        new S3Sink(bucket(INGEST), ObjectLayout.CONTRACT, settings.body, retries, clients),
        new S3Quarantine(bucket(QUARANTINE), QuarantineLayout.DEFAULT, retries, clients),
        settings.body);
  }

  private static S3Bucket bucket(String name) {
    return new S3Bucket(
        name,
        S3Bucket.DEFAULT_REGION,
        Optional.of(java.net.URI.create("http://memory.invalid")),
        Optional.empty(),
        Optional.empty(),
        new AwsCredentials.KeyPair("access", new io.meterline.core.Secret("secret")));
  }

  private MonotonicClock clock(Sandbox sandbox) {
    return new MonotonicClock() {
      @Override
      public long nanos() {
        return Duration.between(START, world.timeline().instant()).toNanos();
      }

      @Override
      public void sleep(Duration duration) {
        sandbox.elapse(duration, "wait");
      }
    };
  }

  private Telemetry telemetry() {
    return new Telemetry(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        world.timeline(),
        Markers.DEFAULT.words());
  }

  private void logged(String line) {
    printed.writeBytes(line.getBytes(StandardCharsets.UTF_8));
  }

  /** The settings that a function starts with. */
  private static final class Deployed {
    private PartLimits body;

    Deployed(PartLimits body) {
      this.body = body;
    }
  }

  /** What a scenario came to. */
  record Outcome(
      long seed,
      List<String> wrong,
      Duration lasted,
      Map<Fault, Integer> faults,
      Map<Fate, Integer> puts,
      long records) {}
}
