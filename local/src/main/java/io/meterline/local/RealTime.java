package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs a timeline in step with a clock. The thread in {@link #run} is the only one that touches the
 * timeline and what is on it; others hand it their work with {@link #execute}.
 */
public final class RealTime implements Executor, Runnable, AutoCloseable {
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  private final Timeline timeline;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  public RealTime(Timeline timeline, InstantSource clock, Sleeper sleeper) {
    this.timeline = requireNonNull(timeline, "timeline is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
  }

  /** Has {@code task} run soon on the driver's thread; from any thread. */
  @Override
  public void execute(Runnable task) {
    requireNonNull(task, "task is null");
    if (closed) {
      throw new RejectedExecutionException("the driver of the local AWS is closed");
    }
    work.add(task);
    sleeper.wake();
  }

  /** Runs what falls due until this is closed, the thread is interrupted, or a step throws. */
  @Override
  public void run() {
    try {
      while (!closed) {
        timeline.advanceTo(clock.instant());
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
          task.run();
        }
        if (!closed) {
          sleeper.sleep(untilNext());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    sleeper.wake();
  }

  private Duration untilNext() {
    return timeline
        .next()
        .map(due -> Duration.between(clock.instant(), due))
        .filter(wait -> wait.compareTo(LONGEST_SLEEP) < 0)
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(LONGEST_SLEEP);
  }
}
