package io.meterline.cli.demo;

import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.AgentPorts;
import io.meterline.core.delivery.DirectAgent;
import io.meterline.core.delivery.StreamAgent;
import io.meterline.core.find.Markers;
import io.meterline.core.rule.Mapping;
import io.meterline.lambda.KinesisAgent;
import io.meterline.lambda.LogsAgent;
import io.meterline.lambda.Telemetry;
import io.meterline.local.AsyncInvocation;
import io.meterline.local.AsyncSettings;
import io.meterline.local.DataStream;
import io.meterline.local.Distribution;
import io.meterline.local.EventSourceMapping;
import io.meterline.local.EventSourceMappingSettings;
import io.meterline.local.FailedInvocation;
import io.meterline.local.Fault;
import io.meterline.local.FilterPattern;
import io.meterline.local.HandlerFactory;
import io.meterline.local.InProcessFunction;
import io.meterline.local.LogDestination;
import io.meterline.local.LogGroup;
import io.meterline.local.LogGroupSettings;
import io.meterline.local.RealTime;
import io.meterline.local.Sandbox;
import io.meterline.local.SeededFaults;
import io.meterline.local.Sleeper;
import io.meterline.local.StreamSettings;
import io.meterline.local.SubscriptionFilter;
import io.meterline.local.Timeline;
import io.meterline.local.World;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The API's log group with its two subscriptions, its access log, the stream, and both agents as
 * they run on Lambda, in step with the wall's clock. One thread of its own does all of it.
 */
final class LocalAws implements AutoCloseable {
  /** The log group of the API's access log. */
  static final String ACCESS_LOG = "/aws/apigateway/meterline-demo";

  private static final InstantSource WALL = InstantSource.system();
  private static final int CHAOS_FACTOR = 60;

  /** Short, so that a call shows within a second or so; CloudWatch Logs takes several. */
  private static final Duration PAYLOAD_DELAY = Duration.ofMillis(300);

  private static final String ALL_LINES = "";

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);
  private static final Duration REDRIVEN_AFTER = Duration.ofMinutes(1);

  private final Ports ports;
  private final FirstFailure trouble;
  private final SeededFaults faults;
  private final Timeline timeline;
  private final RealTime driver;
  private final Thread thread;
  private final LogWriter lines;
  private final LogWriter accessLines;
  private final Mapping rules;
  private final EventSourceMapping mapping;
  private final AsyncInvocation direct;
  private final PrintStream agentLog;

  /** What the agents deliver to, as it is for one process of theirs. */
  interface Ports {
    MeterSink sink(Sandbox sandbox);

    Quarantine quarantine(Sandbox sandbox);
  }

  private LocalAws(
      DemoSettings settings,
      Ports ports,
      ExpectedRuleRecords books,
      PrintStream agentLog,
      FirstFailure trouble) {
    this.rules = books.mapping();
    this.ports = ports;
    this.trouble = trouble;
    this.agentLog = agentLog;
    QuickClock clock = new QuickClock(WALL, settings.chaos() ? CHAOS_FACTOR : 1);
    SplittableRandom random = new SplittableRandom(settings.seed());
    faults = new SeededFaults(random.split(), settings.chaos() ? Chaos.chances() : Map.of());
    timeline = new Timeline(clock.instant());
    World world = new World(timeline, random, faults, (at, part, what) -> {});
    driver = new RealTime(timeline, clock, clock.sleeper(Sleeper.real()));
    direct =
        new AsyncInvocation(
            function(sandbox -> new LogsAgent(new DirectAgent(of(sandbox)), telemetry()), world),
            "direct-agent",
            AsyncSettings.defaults(),
            this::redrive,
            world);
    DataStream stream = new DataStream("meter-records", StreamSettings.defaults(), world);
    mapping =
        new EventSourceMapping(
            EventSourceMappingSettings.defaults().withBisectBatchOnFunctionError(),
            stream,
            function(sandbox -> new KinesisAgent(new StreamAgent(of(sandbox)), telemetry()), world),
            "kinesis-agent",
            failed -> trouble.report(new IllegalStateException("a batch was given up")),
            world);
    LogGroup group = new LogGroup("/aws/lambda/meterline-demo", groupSettings(), world);
    subscribe(group, "stream", "meter_record_for_stream", new LogDestination.Kinesis(stream));
    subscribe(group, "direct", "meter_record_for_cw", new LogDestination.Lambda(direct));
    lines = new LogWriter(group, timeline, driver, books);
    LogGroup access = new LogGroup(ACCESS_LOG, groupSettings(), world);
    if (settings.rules().isPresent()) {
      // As the stack has it with a mapping: what the rules are for has no marker.
      subscribe(access, "access", ALL_LINES, new LogDestination.Kinesis(stream));
    }
    accessLines = new LogWriter(access, timeline, driver, books);
    thread = Thread.ofPlatform().daemon().name("local-aws").unstarted(this::drive);
  }

  private static LogGroupSettings groupSettings() {
    LogGroupSettings usual = LogGroupSettings.defaults();
    return new LogGroupSettings(
        usual.owner(),
        Optional.of(KEPT),
        usual.subscriptionFilters(),
        usual.payloadEvents(),
        usual.payloadBytes(),
        PAYLOAD_DELAY,
        usual.controlMessageChance());
  }

  private static void subscribe(
      LogGroup group, String name, String pattern, LogDestination destination) {
    group.putSubscriptionFilter(
        new SubscriptionFilter(
            name, FilterPattern.parse(pattern), destination, Distribution.BY_LOG_STREAM));
  }

  private InProcessFunction function(HandlerFactory handlers, World world) {
    return new InProcessFunction(handlers, world, agentLog::println);
  }

  private AgentPorts of(Sandbox sandbox) {
    return new AgentPorts(
        Markers.DEFAULT,
        Limits.DEFAULT,
        rules,
        ports.sink(sandbox),
        ports.quarantine(sandbox),
        PartLimits.NONE);
  }

  private Telemetry telemetry() {
    return new Telemetry(agentLog, timeline, Markers.DEFAULT.words());
  }

  /** As an operator does with what the on-failure destination has. */
  private void redrive(FailedInvocation failed) {
    timeline.after(REDRIVEN_AFTER, () -> direct.invoke(failed.payload()));
  }

  /**
   * Starts it.
   *
   * @param books are told each line that is logged, and say what rules the agents go by
   */
  static LocalAws start(
      DemoSettings settings,
      Ports ports,
      ExpectedRuleRecords books,
      PrintStream agentLog,
      FirstFailure trouble) {
    LocalAws aws = new LocalAws(settings, ports, books, agentLog, trouble);
    aws.thread.start();
    return aws;
  }

  private void drive() {
    try {
      driver.run();
    } catch (RuntimeException | Error e) {
      trouble.report(e);
    }
  }

  /** Logs a line of the API's function; from any thread. */
  void log(String line) {
    lines.log(line, WALL.instant());
  }

  /** Logs a line of the API's access log; from any thread. */
  void logAccess(String line, Instant called) {
    accessLines.log(line, called);
  }

  /** How often each fault has happened. */
  Map<Fault, Integer> faults() {
    return ask(faults::counts).orElse(Map.of());
  }

  /** Whether all that was logged has come to its end, and nothing more will happen by itself. */
  boolean isAtRest() {
    return ask(() ->
            lines.isDone()
                && accessLines.isDone()
                && timeline.next().isEmpty()
                && mapping.caughtUp()
                && direct.pending() == 0)
        .orElse(false);
  }

  /** What its thread answers; empty where that takes long, or it has ended. */
  private <T> Optional<T> ask(Supplier<T> question) {
    CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
    try {
      driver.execute(() -> answer.complete(Optional.of(question.get())));
    } catch (RejectedExecutionException e) {
      return Optional.empty();
    }
    return answer
        .completeOnTimeout(Optional.empty(), LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  @Override
  public void close() {
    driver.close();
    try {
      thread.join(LONGEST_STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
