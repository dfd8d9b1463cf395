package io.meterline.ledger;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Limits;
import io.meterline.ledger.store.WriterBounds;
import java.time.InstantSource;

/**
 * What a ledger may use.
 *
 * @param memory the most that the database may use, such as {@code 400MB}
 * @param threads how many threads work on a question
 * @param bounds of what loading keeps in memory
 * @param limits of records
 * @param clock tells when an object was loaded
 */
public record LedgerSettings(
    String memory, int threads, WriterBounds bounds, Limits limits, InstantSource clock) {
  /** What holds where nothing else is said: with the JVM's own memory it stays below 1 GB. */
  public static final LedgerSettings DEFAULT =
      new LedgerSettings("400MB", 2, WriterBounds.DEFAULT, Limits.DEFAULT, InstantSource.system());

  public LedgerSettings {
    requireNonNull(memory, "memory is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(clock, "clock is null");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more, not " + threads);
    }
  }
}
