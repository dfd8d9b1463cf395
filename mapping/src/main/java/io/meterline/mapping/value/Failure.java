package io.meterline.mapping.value;

/** Why an expression has no value for this event: a counted outcome, so it carries no stack. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A cause may quote the line, which may be a mebibyte. */
  private static final int MOST_CHARACTERS = 1_000;

  private final boolean missing;

  private Failure(String cause, boolean missing) {
    super(cause, null, false, false);
    this.missing = missing;
  }

  public static Failure of(String cause) {
    return new Failure(shortened(cause), false);
  }

  /** The same failure, of the expression that a rule has for a field. */
  public static Failure in(String field, String expression, Failure cause) {
    return new Failure("%s (%s): %s".formatted(field, expression, cause.why()), false);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** A field that is not there. */
  public static Failure missing(String field) {
    return new Failure(shortened("there is no '" + field + "'"), true);
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
