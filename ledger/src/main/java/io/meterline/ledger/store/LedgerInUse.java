package io.meterline.ledger.store;

/** Another process has the ledger open. */
public final class LedgerInUse extends LedgerException {
  private static final long serialVersionUID = 1;

  LedgerInUse(String message, Throwable cause) {
    super(message, cause);
  }
}
