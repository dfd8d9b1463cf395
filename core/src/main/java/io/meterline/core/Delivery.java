package io.meterline.core;

/**
 * What delivering a batch came to: all of it is there now.
 *
 * @param stored objects or messages that were written
 * @param alreadyThere objects that had been written before, by an earlier try
 * @param refused records that the receiver refused, which are in quarantine
 */
public record Delivery(int stored, int alreadyThere, int refused) {
  /** Nothing to deliver. */
  public static final Delivery NOTHING = new Delivery(0, 0);

  /** Of a batch of which nothing was refused. */
  public Delivery(int stored, int alreadyThere) {
    this(stored, alreadyThere, 0);
  }

  /** One object, written now or before. */
  public static Delivery of(boolean storedNow) {
    return storedNow ? new Delivery(1, 0) : new Delivery(0, 1);
  }

  /** Records that are in quarantine, because the receiver refused them. */
  public static Delivery refused(int records) {
    return new Delivery(0, 0, records);
  }

  public Delivery and(Delivery other) {
    return new Delivery(
        stored + other.stored, alreadyThere + other.alreadyThere, refused + other.refused);
  }
}
