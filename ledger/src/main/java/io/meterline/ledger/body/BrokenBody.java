package io.meterline.ledger.body;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Reason;

/** A body of which nothing counts, since it is broken as a whole. */
public final class BrokenBody extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public BrokenBody(Reason reason, String detail) {
    super(requireNonNull(detail, "detail is null"));
    this.reason = requireNonNull(reason, "reason is null");
  }

  public Reason reason() {
    return reason;
  }

  /** What is wrong, for a person. */
  public String detail() {
    return requireNonNull(getMessage(), "no detail");
  }
}
