package io.meterline.ledger.store;

/**
 * What taking in may keep in memory.
 *
 * @param rows written at once: more take more memory, fewer more time each
 * @param names of meters, of customers and sets of dimensions that are known without the file
 */
public record IntakeBounds(int rows, int names) {
  /**
   * Some 60 MB of rows, of which one half is written while the other is read, and at most 50 MB of
   * each kind of names.
   */
  public static final IntakeBounds DEFAULT = new IntakeBounds(200_000, 500_000);

  public IntakeBounds {
    if (rows < 1 || names < 1) {
      throw new IllegalArgumentException(
          "bounds must be 1 or more, not %d rows and %d names".formatted(rows, names));
    }
  }
}
