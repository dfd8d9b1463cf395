package io.meterline.local;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Virtual time: a clock, and the steps that are due at times to come. One thread uses it. Steps of
 * the same instant run in the order in which they were asked for, so a run repeats exactly.
 */
public final class Timeline implements InstantSource {
  private final PriorityQueue<Step> steps = new PriorityQueue<>();
  private Instant now;
  private long asked;

  public Timeline(Instant start) {
    now = requireNonNull(start, "start is null");
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Has {@code action} run when {@code delay} has passed. */
  public void after(Duration delay, Runnable action) {
    requireNonNull(action, "action is null");
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay is negative: " + delay);
    }
    steps.add(new Step(now.plus(delay), asked++, action));
  }

  /** When the next step is due; empty where none is left. */
  public Optional<Instant> next() {
    return Optional.ofNullable(steps.peek()).map(Step::due);
  }

  /** Lets {@code duration} pass, and runs all that falls due in it. */
  public void advance(Duration duration) {
    advanceTo(now.plus(duration));
  }

  /** Lets time pass until {@code end}, and runs all that falls due until then. */
  public void advanceTo(Instant end) {
    while (!steps.isEmpty() && !steps.element().due().isAfter(end)) {
      step();
    }
    later(end);
  }

  /** Runs the next step, at its time; false where none is left. */
  public boolean step() {
    Step next = steps.poll();
    if (next == null) {
      return false;
    }
    later(next.due());
    next.action().run();
    return true;
  }

  /** Runs steps until none is left or {@code atMost} has passed; whether none is left. */
  public boolean settle(Duration atMost) {
    Instant end = now.plus(atMost);
    while (!steps.isEmpty() && !steps.element().due().isAfter(end)) {
      step();
    }
    return steps.isEmpty();
  }

  /**
   * Lets time pass inside a step, as a call that blocks does. What falls due meanwhile runs after
   * the step, late.
   */
  public void elapse(Duration duration) {
    later(now.plus(duration));
  }

  private void later(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  private record Step(Instant due, long order, Runnable action) implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
