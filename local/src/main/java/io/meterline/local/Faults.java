package io.meterline.local;

/** Decides what goes wrong. */
@FunctionalInterface
public interface Faults {
  /** Whether {@code fault} happens now, at {@code where}. */
  boolean happens(Fault fault, String where);

  /** Nothing goes wrong. */
  static Faults none() {
    return (fault, where) -> false;
  }
}
