package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The queue before a function that is invoked asynchronously. An error of the function's is retried
 * after one minute and again after two; while it can't be invoked, delays grow from 1 second to 5
 * minutes. Source: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">error
 * handling</a>.
 */
public final class AsyncInvocation {
  /** What Lambda takes in one asynchronous call, in bytes (256 KiB before October 2025). */
  static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final Backoff THROTTLED =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
  private static final Duration FIRST = Duration.ofMillis(1);
  private static final Duration SLOWEST_FIRST = Duration.ofMillis(500);

  private final LambdaFunction function;
  private final String functionName;
  private final AsyncSettings settings;
  private final OnFailureDestination onFailure;
  private final World world;
  private int pending;

  public AsyncInvocation(
      LambdaFunction function,
      String functionName,
      AsyncSettings settings,
      OnFailureDestination onFailure,
      World world) {
    this.function = requireNonNull(function, "function is null");
    this.functionName = requireNonNull(functionName, "functionName is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.onFailure = requireNonNull(onFailure, "onFailure is null");
    this.world = requireNonNull(world, "world is null");
  }

  /**
   * Queues an event.
   *
   * @throws ServiceException {@code RequestTooLargeException}
   */
  public void invoke(byte[] event) {
    if (event.length > MAX_EVENT_BYTES) {
      throw ServiceException.of(
          "RequestTooLargeException",
          "an event of %d bytes for function %s, which takes %d"
              .formatted(event.length, functionName, MAX_EVENT_BYTES));
    }
    pending++;
    Queued queued = new Queued(world.uuid(), event.clone(), world.now());
    world.timeline().after(world.between(FIRST, SLOWEST_FIRST), () -> attempt(queued, 0, 0));
  }

  /** How many events are neither done nor given up. */
  public int pending() {
    return pending;
  }

  private void attempt(Queued queued, int failed, int throttled) {
    if (!world.now().isBefore(queued.since().plus(settings.maximumEventAge()))) {
      giveUp(queued, "EventAgeExceeded", failed, "the event is too old");
      return;
    }
    if (world.happens(Fault.INVOKE_THROTTLED, "asynchronous invocation")) {
      world
          .timeline()
          .after(
              THROTTLED.after(throttled, world.random()),
              () -> attempt(queued, failed, throttled + 1));
      return;
    }
    world.note("async", "invoke %s, try %d".formatted(queued.requestId(), failed + 1));
    try {
      function.invoke(
          new Invocation(
              queued.requestId(),
              functionName,
              world.now().plus(settings.functionTimeout()),
              queued.event()));
      if (world.happens(Fault.ANSWER_LOST, "asynchronous invocation")) {
        failed(queued, failed + 1, "the answer was lost");
      } else {
        done(queued, failed);
      }
    } catch (FunctionException e) {
      failed(queued, failed + 1, e.errorType());
    }
  }

  private void done(Queued queued, int failed) {
    world.note("async", "done " + queued.requestId());
    if (world.happens(Fault.INVOKED_TWICE, "asynchronous invocation")) {
      world.timeline().after(THROTTLED.after(0, world.random()), () -> attempt(queued, failed, 0));
    } else {
      pending--;
    }
  }

  private void failed(Queued queued, int failed, String why) {
    world.note("async", "failed %s: %s".formatted(queued.requestId(), why));
    if (failed > settings.maximumRetryAttempts()) {
      giveUp(queued, "RetriesExhausted", failed, why);
    } else {
      world.timeline().after(Duration.ofMinutes(failed), () -> attempt(queued, failed, 0));
    }
  }

  private void giveUp(Queued queued, String condition, int failed, String why) {
    pending--;
    world.note("async", "give up %s: %s".formatted(queued.requestId(), condition));
    onFailure.send(
        FailureDocument.ofAsync(world, functionName, condition, queued.event(), failed, why));
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Queued(String requestId, byte[] event, Instant since) {}
}
