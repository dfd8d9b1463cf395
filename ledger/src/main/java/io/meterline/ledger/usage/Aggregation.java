package io.meterline.ledger.usage;

/** What is made of a meter's values in one window and group. */
public enum Aggregation {
  SUM,
  /** How many records. */
  COUNT,
  MIN,
  MAX,
  /** The mean, to 34 significant digits; the only one that is ever rounded. */
  AVG,
  /** How many different values of a dimension; records without it don't count. */
  UNIQUE_COUNT,
  /** The value with the newest time; of several at that time, the greatest. */
  LATEST;

  /** Whether nothing makes 0, and not no value. */
  public boolean isZeroWhereEmpty() {
    return this == SUM || this == COUNT || this == UNIQUE_COUNT;
  }

  /** The word for it in definitions and answers. */
  public String word() {
    return name();
  }
}
