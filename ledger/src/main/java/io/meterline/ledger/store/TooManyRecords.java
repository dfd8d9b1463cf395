package io.meterline.ledger.store;

import java.io.IOException;

/** A body has more records than can be answered one by one. Nothing of it counts. */
public final class TooManyRecords extends IOException {
  private static final long serialVersionUID = 1;

  TooManyRecords(int most) {
    super("a body has at most %d records: send it in parts".formatted(most));
  }
}
