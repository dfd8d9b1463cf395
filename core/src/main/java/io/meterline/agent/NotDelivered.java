package io.meterline.agent;

import java.io.IOException;

/** An event that is to come again, since some of it may be missing. */
public final class NotDelivered extends IOException {
  private static final long serialVersionUID = 1;

  private final String lowestSequenceNumber;

  NotDelivered(String lowestSequenceNumber, IOException cause) {
    super(cause.getMessage(), cause);
    this.lowestSequenceNumber = lowestSequenceNumber;
  }

  /** The Kinesis record from which on all is to come again; empty for a direct event. */
  public String lowestSequenceNumber() {
    return lowestSequenceNumber;
  }
}
