package io.meterline.ledger.store;

/**
 * What taking in may keep in memory.
 *
 * @param rows written at once: more take more memory, fewer more time each
 * @param names of meters, of customers and sets of dimensions that are known without the file
 * @param bytes of the names of each kind that are known without the file, and of the texts that
 *     wait to be written
 */
public record WriterBounds(int rows, int names, int bytes) {
  private static final int MOST_ROWS = 200_000;
  private static final int MOST_NAMES = 500_000;
  private static final int MOST_BYTES = 48 * 1024 * 1024;

  /** Bytes of heap for each row: rows take a fifth of it. */
  private static final int HEAP_OF_ROW = 1_500;

  /** Of the heap: names are of four kinds, each in an array that doubles. */
  private static final int HEAP_PART = 24;

  /**
   * At most some 60 MB of rows and 50 MB of each kind of names; less where the JVM has less than
   * 1.2 GB.
   */
  public static final WriterBounds DEFAULT = ofHeap(Runtime.getRuntime().maxMemory());

  public WriterBounds {
    if (rows < 1 || names < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "bounds must be 1 or more, not %d rows, %d names and %d bytes"
              .formatted(rows, names, bytes));
    }
  }

  public WriterBounds(int rows, int names) {
    this(rows, names, MOST_BYTES);
  }

  static WriterBounds ofHeap(long heap) {
    return new WriterBounds(
        Math.clamp(heap / HEAP_OF_ROW, 10_000, MOST_ROWS),
        MOST_NAMES,
        Math.clamp(heap / HEAP_PART, 1024 * 1024, MOST_BYTES));
  }
}
