package io.meterline.ledger.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The ledger can't do what was asked; the message says why, and what to do. */
public sealed class LedgerException extends IOException permits LedgerInUse {
  private static final long serialVersionUID = 1;

  public LedgerException(String message) {
    super(message);
  }

  public LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
