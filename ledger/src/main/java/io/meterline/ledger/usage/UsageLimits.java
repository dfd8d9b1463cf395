package io.meterline.ledger.usage;

/**
 * The bounds of an answer.
 *
 * @param maxWindows windows in the range
 * @param maxRows rows told
 */
public record UsageLimits(int maxWindows, int maxRows) {
  /** For a program that asks in the same process. */
  public static final UsageLimits DEFAULT = new UsageLimits(1_000_000, 2_000_000);

  public UsageLimits {
    if (maxWindows < 1 || maxRows < 1) {
      throw new IllegalArgumentException(
          "bounds must be 1 or more, not %d windows and %d rows".formatted(maxWindows, maxRows));
    }
  }
}
