package io.meterline.mapping.value;

/** Why an expression has no value for this event: a counted outcome, so it carries no stack. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean missing;

  private Failure(String cause, boolean missing) {
    super(cause, null, false, false);
    this.missing = missing;
  }

  public static Failure of(String cause) {
    return new Failure(cause, false);
  }

  /** A field that is not there. */
  public static Failure missing(String field) {
    return new Failure("there is no '" + field + "'", true);
  }

  /** Whether a field was asked for that is not there. */
  public boolean isMissing() {
    return missing;
  }

  /** What went wrong, for a person. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
