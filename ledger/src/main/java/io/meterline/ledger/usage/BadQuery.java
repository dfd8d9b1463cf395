package io.meterline.ledger.usage;

import java.io.IOException;

/** A question that can't be answered as it was put; the message says how to put it. */
public final class BadQuery extends IOException {
  private static final long serialVersionUID = 1;

  public BadQuery(String message) {
    super(message);
  }
}
