package io.meterline.ledger.store;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The ledger can't do what was asked now, and may later: a full disk, a write that takes long. The
 * message is for people and holds no path.
 */
public final class LedgerUnavailable extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  public LedgerUnavailable(String message, Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** When asking again makes sense. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
