package io.meterline.core.fast;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fast paths: code for the usual case, beside plain code that gives the same results and can do
 * all cases. RATIONALE.md says what each of them gains.
 *
 * <p>{@code METERLINE_PLAIN=1} in the environment turns all of them off, for tests, for benchmarks
 * and to find a fault. Names separated by commas turn off those, as in {@code
 * METERLINE_PLAIN=inflater,rules}.
 */
public enum FastPath {
  /** {@link FastInflater} inflates a gzip member in memory; the JDK's inflater can do any. */
  INFLATER,
  /** A record that is written like an earlier one is read and written in one pass. */
  SHAPES,
  /** Several threads read the lines of a file. */
  LINES,
  /** Common expressions of rules are compiled to plain code; CEL's runtime can do any. */
  RULES,
  /** Values are brought to one scale and summed in 64 bits; 128 bits and any scale are general. */
  SUMS;

  private static final Set<FastPath> OFF = off(System.getenv().getOrDefault("METERLINE_PLAIN", ""));

  /** Which ones a value of {@code METERLINE_PLAIN} turns off. */
  static Set<FastPath> off(String plain) {
    if (plain.equals("1")) {
      return EnumSet.allOf(FastPath.class);
    }
    Set<FastPath> off = EnumSet.noneOf(FastPath.class);
    for (String name : plain.isEmpty() ? List.<String>of() : List.of(plain.split(",", -1))) {
      try {
        off.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "METERLINE_PLAIN: there is no fast path '%s' (known: 1 for all, or some of %s)"
                .formatted(name, Arrays.toString(values()).toLowerCase(Locale.ROOT)),
            e);
      }
    }
    return off;
  }

  public boolean isOn() {
    return !OFF.contains(this);
  }
}
