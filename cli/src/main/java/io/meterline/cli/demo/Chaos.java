package io.meterline.cli.demo;

import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.local.Fault;
import io.meterline.local.Sandbox;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What goes wrong on purpose, drawn by lot from a seed; for any number of threads. */
final class Chaos {
  private static final double PUT_FAILS = 0.08;
  private static final double RARE = 0.02;
  private static final double OFTEN = 0.06;

  private final RandomGenerator random;
  private final double putFails;
  private int failed;

  private Chaos(long seed, double putFails) {
    this.random = new SplittableRandom(seed);
    this.putFails = putFails;
  }

  static Chaos none() {
    return new Chaos(0, 0);
  }

  static Chaos of(long seed) {
    return new Chaos(seed, PUT_FAILS);
  }

  /**
   * How often each fault of AWS's happens. Not {@link Fault#DELIVERY_DENIED}: what CloudWatch Logs
   * skips then, nothing but a read of the history brings back. Nor {@link Fault#DELIVERY_DELAYED},
   * which harms nothing and takes half an hour.
   */
  static Map<Fault, Double> chances() {
    Map<Fault, Double> chances = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      chances.put(fault, OFTEN);
    }
    chances.put(Fault.CRASH, RARE);
    chances.remove(Fault.DELIVERY_DENIED);
    chances.remove(Fault.DELIVERY_DELAYED);
    return chances;
  }

  /** What becomes of the next put or request. */
  synchronized Fate next() {
    double drawn = putFails == 0 ? 1 : random.nextDouble();
    if (drawn >= putFails) {
      return Fate.DONE;
    }
    failed++;
    return drawn < putFails / 2 ? Fate.FAILED_BEFORE : Fate.FAILED_AFTER;
  }

  /** How many puts and requests failed so far. */
  synchronized int failed() {
    return failed;
  }

  /** A sink whose puts fail, before they took place or after. */
  MeterSink over(MeterSink sink) {
    return batch -> put(() -> sink.deliver(batch));
  }

  /** The sink of an agent, whose process may also end before a put and after it. */
  MeterSink over(MeterSink sink, Sandbox sandbox) {
    return batch -> put(() -> sink.deliver(batch), sandbox);
  }

  Quarantine over(Quarantine quarantine, Sandbox sandbox) {
    return (id, part, entries) -> put(() -> quarantine.keep(id, part, entries), sandbox);
  }

  private <T> T put(Put<T> put, Sandbox sandbox) throws IOException {
    sandbox.step("before a put");
    T result = put(put);
    sandbox.step("after a put");
    return result;
  }

  private <T> T put(Put<T> put) throws IOException {
    Fate fate = next();
    if (fate == Fate.FAILED_BEFORE) {
      throw new ChaosException("the put did not take place");
    }
    T result = put.run();
    if (fate == Fate.FAILED_AFTER) {
      throw new ChaosException("the put took place, but its answer was lost");
    }
    return result;
  }

  @FunctionalInterface
  private interface Put<T> {
    T run() throws IOException;
  }

  /** What becomes of a put or a request. */
  enum Fate {
    DONE,
    FAILED_BEFORE,
    FAILED_AFTER
  }
}
