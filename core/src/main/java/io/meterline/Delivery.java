package io.meterline;

/**
 * What delivering a batch came to: all of it is there now.
 *
 * @param stored objects or messages that were written
 * @param alreadyThere objects that had been written before, by an earlier try
 */
public record Delivery(int stored, int alreadyThere) {
  /** Nothing to deliver. */
  public static final Delivery NOTHING = new Delivery(0, 0);

  /** One object, written now or before. */
  public static Delivery of(boolean storedNow) {
    return storedNow ? new Delivery(1, 0) : new Delivery(0, 1);
  }

  public Delivery and(Delivery other) {
    return new Delivery(stored + other.stored, alreadyThere + other.alreadyThere);
  }
}
