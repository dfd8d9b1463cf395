package io.meterline.core.delivery;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An event that is to come again, since some of it may be missing. */
public final class NotDelivered extends IOException {
  private static final long serialVersionUID = 1;

  private final String lowestSequenceNumber;

  NotDelivered(String lowestSequenceNumber, IOException cause) {
    super(quiet(cause), cause instanceof RefusedException ? null : cause);
    this.lowestSequenceNumber = lowestSequenceNumber;
  }

  /** A receiver's own words may quote a record, which an agent's log must not hold. */
  private static @Nullable String quiet(IOException cause) {
    return cause instanceof RefusedException refused ? refused.withoutQuote() : cause.getMessage();
  }

  /** The Kinesis record from which on all is to come again; empty for a direct event. */
  public String lowestSequenceNumber() {
    return lowestSequenceNumber;
  }
}
