package io.meterline.ledger.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stretches of time that usage is told for. */
public enum WindowSize {
  /** The whole range as one. */
  NONE(0),
  MINUTE(60_000),
  HOUR(3_600_000),
  /** From midnight to midnight in the zone, which may be 23 or 25 hours. */
  DAY(86_400_000),
  /** From Monday on, as ISO 8601 has it. */
  WEEK(7 * 86_400_000L),
  MONTH(28 * 86_400_000L);

  private final long leastMillis;

  WindowSize(long leastMillis) {
    this.leastMillis = leastMillis;
  }

  /** How long such a window is, or at least is; 0 for the whole range. */
  long leastMillis() {
    return leastMillis;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<WindowSize> of(String word) {
    return Arrays.stream(values()).filter(size -> size.word().equals(word)).findFirst();
  }

  /** All words, for a message. */
  public static String words() {
    return Arrays.stream(values()).map(WindowSize::word).collect(Collectors.joining(", "));
  }
}
