package io.meterline.core.delivery;

import java.io.IOException;

/** A source that can't be read to its end: what was found before was delivered. */
public final class BrokenSource extends IOException {
  private static final long serialVersionUID = 1;

  private final IOException reason;

  public BrokenSource(IOException reason) {
    super(reason.getMessage(), reason);
    this.reason = reason;
  }

  /** What broke it. */
  public IOException reason() {
    return reason;
  }
}
