package io.meterline.mapping.value;

/** Why an expression has no value for this event: a counted outcome, so it carries no stack. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A cause may quote the line, which may be a mebibyte. */
  private static final int MOST_CHARACTERS = 1_000;

  private final boolean missing;

  private EvaluationException(String cause, boolean missing) {
    super(cause, null, false, false);
    this.missing = missing;
  }

  public static EvaluationException of(String cause) {
    return new EvaluationException(shortened(cause), false);
  }

  /** The same failure, of the expression that a rule has for a field. */
  public static EvaluationException in(String field, String expression, EvaluationException cause) {
    return new EvaluationException("%s (%s): %s".formatted(field, expression, cause.why()), false);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** A field that is not there. */
  public static EvaluationException missing(String field) {
    return new EvaluationException(shortened("there is no '" + field + "'"), true);
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
