package io.meterline;

import static java.util.Objects.requireNonNull;

/** A key or password: to be used, and never to be shown. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = requireNonNull(value, "value is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the secret is blank");
    }
  }

  /** The secret itself: for the one place that sends or signs with it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
