package io.meterline.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time: a word holds them, the first one lowest, and a set of them is a word with
 * the highest bit of each byte that is in it.
 */
final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

  static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  static final long QUOTES = '"' * ONES;
  static final long BACKSLASHES = '\\' * ONES;

  /** Swaps the quote with the space, so that all that ends plain text is below or at a space. */
  private static final long QUOTE_TO_SPACE = ('"' ^ ' ') * ONES;

  /** What added to a byte of seven bits sets its highest bit where it is above the space. */
  private static final long ABOVE_SPACE = (0x80 - ' ' - 1) * ONES;

  private Words() {}

  static long get(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static void put(byte[] bytes, int index, long word) {
    LONGS.set(bytes, index, word);
  }

  /** The bytes of {@code word} that are the one that {@code same} is made of. */
  static long equal(long word, long same) {
    long difference = word ^ same;
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS;
  }

  /** The bytes of {@code word} that are quotes or control characters. */
  static long quotesAndControls(long word) {
    long swapped = word ^ QUOTE_TO_SPACE;
    return ~(((swapped & LOW_BITS) + ABOVE_SPACE) | word) & HIGH_BITS;
  }

  /** The place of the first byte in the set, which is not empty. */
  static int first(long set) {
    return Long.numberOfTrailingZeros(set) >>> 3;
  }
}
