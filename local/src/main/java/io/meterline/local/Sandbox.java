package io.meterline.local;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The execution environment of a function in process. What the handler talks to calls {@link #step}
 * before and after each effect: that is where the process can end, and a process that has ended has
 * no more effects, whatever its handler catches.
 */
public final class Sandbox {
  private final World world;
  private Instant deadline = Instant.MAX;
  private @Nullable SandboxCrash crash;

  Sandbox(World world) {
    this.world = world;
  }

  /**
   * A point at which the process can end: by a fault, or because its time is over.
   *
   * @throws SandboxCrash if it does, or has before
   */
  public void step(String where) {
    if (crash != null) {
      throw crash;
    }
    if (!world.now().isBefore(deadline)) {
      crash = new SandboxCrash("Sandbox.Timedout", where);
    } else if (world.happens(Fault.CRASH, where)) {
      crash = new SandboxCrash("Runtime.ExitError", where);
    }
    if (crash != null) {
      world.note("function", "ends at %s: %s".formatted(where, crash.errorType()));
      throw crash;
    }
  }

  /**
   * Lets time pass as a call that blocks does, no longer than until the deadline.
   *
   * @throws SandboxCrash if the time is over then
   */
  public void elapse(Duration duration, String where) {
    Instant end = world.now().plus(duration);
    Instant until = end.isBefore(deadline) ? end : deadline;
    world.timeline().elapse(Duration.between(world.now(), until));
    step(where);
  }

  /** The time left until the deadline. */
  public Duration remaining() {
    return Duration.between(world.now(), deadline);
  }

  boolean dead() {
    return crash != null;
  }

  void begin(Instant newDeadline) {
    deadline = newDeadline;
  }
}
