package io.meterline.core;

/**
 * The bounds of one object or message.
 *
 * @param maxRecords how many records it holds at most
 * @param maxBytes how many bytes of records, before compression, it holds at most, unless it holds
 *     just one
 */
public record PartLimits(int maxRecords, int maxBytes) {
  /** No bound but what an array holds. */
  public static final PartLimits NONE = new PartLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  public PartLimits {
    if (maxRecords < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "bounds must be 1 or more, not %d records and %d bytes".formatted(maxRecords, maxBytes));
    }
  }

  /** The tighter of both in each respect. */
  public PartLimits and(PartLimits other) {
    return new PartLimits(
        Math.min(maxRecords, other.maxRecords), Math.min(maxBytes, other.maxBytes));
  }
}
