package io.meterline.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time: a word holds them, the first one lowest, and a set of them is a word with
 * the highest bit of each byte that is in it.
 */
public final class Swar {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long LOW_HALVES = 0x0F0F_0F0F_0F0F_0F0FL;

  public static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  static final long QUOTES = '"' * ONES;
  static final long BACKSLASHES = '\\' * ONES;

  /** Swaps the quote with the space, so that all that ends plain text is below or at a space. */
  private static final long QUOTE_TO_SPACE = ('"' ^ ' ') * ONES;

  /** What added to a byte of seven bits sets its highest bit where it is above the space. */
  private static final long ABOVE_SPACE = (0x80 - ' ' - 1) * ONES;

  /**
   * What taken from a byte of seven bits borrows from the next one where it is at most the space.
   */
  private static final long UP_TO_SPACE = (' ' + 1) * ONES;

  /** What added to a digit that was swapped with its value leaves the highest bit alone. */
  private static final long ABOVE_NINE = (0x80 - 9 - 1) * ONES;

  private static final long ZEROS = '0' * ONES;

  /** Moves the lowest bit of each byte to the highest byte, side by side. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  /** The set of escaped bytes, by the set of backslashes as eight bits and the carry as a ninth. */
  private static final long[] ESCAPED = escapedBySet();

  private Swar() {}

  private static long[] escapedBySet() {
    long[] sets = new long[1 << (Long.BYTES + 1)];
    for (int backslashes = 0; backslashes < sets.length; backslashes++) {
      boolean escaped = backslashes >>> Long.BYTES != 0;
      for (int place = 0; place < Long.BYTES; place++) {
        if (escaped) {
          sets[backslashes] |= 0x80L << (place * Byte.SIZE);
        }
        escaped = !escaped && (backslashes >>> place & 1) != 0;
      }
    }
    return sets;
  }

  public static long get(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  public static void put(byte[] bytes, int index, long word) {
    LONGS.set(bytes, index, word);
  }

  /** A word of the same byte, eight times. */
  public static long repeated(char ascii) {
    return ascii * ONES;
  }

  /** The bytes of {@code word} that are the one that {@code same} is made of. */
  public static long equal(long word, long same) {
    long difference = word ^ same;
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS;
  }

  /**
   * As above, for less, where it is the first that counts: a byte after it may be in the set
   * wrongly.
   */
  public static long firstEqual(long word, long same) {
    long difference = word ^ same;
    return (difference - ONES) & ~difference & HIGH_BITS;
  }

  /** The bytes of {@code word} that are quotes or control characters. */
  static long quotesAndControls(long word) {
    long swapped = word ^ QUOTE_TO_SPACE;
    return ~(((swapped & LOW_BITS) + ABOVE_SPACE) | word) & HIGH_BITS;
  }

  /**
   * The bytes of {@code word} that are not written as they are in a JSON string, or beyond ASCII.
   * Only the first is sure to be one: what is after it may be in the set for the sake of speed.
   */
  public static long special(long word) {
    return (((word ^ QUOTE_TO_SPACE) - UP_TO_SPACE) | ((word ^ BACKSLASHES) - ONES) | word)
        & HIGH_BITS;
  }

  /** As above, without what is beyond ASCII. */
  static long specialAscii(long word) {
    return (((word ^ QUOTE_TO_SPACE) - UP_TO_SPACE) | ((word ^ BACKSLASHES) - ONES))
        & ~word
        & HIGH_BITS;
  }

  /** The bytes of {@code word} that are no decimal digits. */
  public static long notDigits(long word) {
    long swapped = word ^ ZEROS;
    return (((swapped & ~HIGH_BITS) + ABOVE_NINE) | swapped) & HIGH_BITS;
  }

  /**
   * The bytes that follow an escape's backslash.
   *
   * @param backslashes the set of all backslashes
   * @param carry the set of the first byte where the word before ends in such a backslash
   */
  static long escaped(long backslashes, long carry) {
    int set = (int) (((backslashes >>> 7) * GATHER) >>> 56);
    return ESCAPED[set | (int) carry << 1];
  }

  /** The hex digits of the four bytes at {@code index}. */
  public static long hex(byte[] bytes, int index) {
    int four = (int) INTS.get(bytes, index);
    // Each byte of the word gets half a byte, the higher half of a pair first.
    long halves =
        Long.expand(((four & 0x0F0F_0F0FL) << 4) | ((four >>> 4) & 0x0F0F_0F0FL), LOW_HALVES);
    // Where half a byte is above nine, six more make sixteen or more.
    long letters = ((halves + 6 * ONES) >>> 4) & ONES;
    return halves + ZEROS + letters * ('a' - '9' - 1);
  }

  /** The bytes of {@code word} that are not in the set, moved together. */
  static long without(long word, long set) {
    return Long.compress(word, ~((set >>> 7) * 0xFF));
  }

  /** The place of the first byte in the set, which is not empty. */
  public static int first(long set) {
    return Long.numberOfTrailingZeros(set) >>> 3;
  }
}
