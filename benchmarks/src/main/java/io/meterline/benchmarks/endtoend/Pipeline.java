package io.meterline.benchmarks.endtoend;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.meterline.benchmarks.extraction.EventShape;
import io.meterline.benchmarks.extraction.SampleEvent;
import io.meterline.local.DataStream;
import io.meterline.local.Distribution;
import io.meterline.local.EventSourceMapping;
import io.meterline.local.EventSourceMappingSettings;
import io.meterline.local.FilterPattern;
import io.meterline.local.InProcessFunction;
import io.meterline.local.InputLogEvent;
import io.meterline.local.LogDestination;
import io.meterline.local.LogGroup;
import io.meterline.local.LogGroupSettings;
import io.meterline.local.StreamSettings;
import io.meterline.local.SubscriptionFilter;
import io.meterline.local.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A log group, its subscription filter, a stream, and its event source mapping to the agent, in
 * which nothing goes wrong. The filter has no pattern, so that chatter reaches the agent.
 */
final class Pipeline {
  /** So that an invocation gets an event as {@code benchmarks/compare} times it. */
  private static final int EVENTS_A_PAYLOAD = 100;

  private static final int PAYLOADS_A_BATCH = 100;
  private static final int EVENTS_A_CALL = 1_000;
  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

  /** Of virtual time: all that was put is delivered, and forgotten soon after. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  private final SampleEvent lines;
  private final World world = World.quiet(1, START, (at, part, what) -> {});
  private final LogGroup group;

  Pipeline(EventShape shape, RequestStreamHandler agent) {
    lines = new SampleEvent(shape);
    DataStream stream =
        new DataStream(
            "meters", StreamSettings.defaults().withRetention(ROUND.multipliedBy(2)), world);
    LogGroupSettings usual = LogGroupSettings.defaults();
    group =
        new LogGroup(
            "/aws/lambda/api",
            new LogGroupSettings(
                usual.owner(),
                Optional.of(ROUND),
                usual.subscriptionFilters(),
                EVENTS_A_PAYLOAD,
                usual.payloadBytes(),
                usual.payloadDelay(),
                0),
            world);
    new EventSourceMapping(
        EventSourceMappingSettings.defaults()
            .withBatch(PAYLOADS_A_BATCH, Duration.ofSeconds(1))
            .withMaximumRetryAttempts(0),
        stream,
        new InProcessFunction(sandbox -> agent, world, System.err::print),
        "kinesis-agent",
        failed -> {
          throw new IllegalStateException("an invocation failed");
        },
        world);
    group.putSubscriptionFilter(
        new SubscriptionFilter(
            "meters",
            FilterPattern.parse(""),
            new LogDestination.Kinesis(stream),
            Distribution.BY_LOG_STREAM));
    // The health check of a new filter has an invocation of its own.
    world.timeline().advance(ROUND);
  }

  /** Logs so many lines, an event's worth at a time, and lets each event be delivered. */
  void log(int count) {
    int round = EVENTS_A_PAYLOAD * PAYLOADS_A_BATCH;
    for (int left = count; left > 0; left -= round) {
      for (int now = Math.min(left, round); now > 0; now -= EVENTS_A_CALL) {
        group.putLogEvents("stream", events(Math.min(now, EVENTS_A_CALL)));
      }
      world.timeline().advance(ROUND);
    }
  }

  private List<InputLogEvent> events(int count) {
    List<InputLogEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(new InputLogEvent(world.timeline().instant(), lines.line()));
    }
    return events;
  }
}
