package io.meterline.core.fast;

import java.util.Arrays;

/**
 * A prefix code (RFC 1951, 3.2.2) as a table: the bits that come next are an index, and the entry
 * there tells what they mean.
 *
 * <p>An entry, from its low end: how many bits the code and its extra bits take (8 bits), how many
 * of them are the code (6), the flags {@link #LONGER} and {@link #OTHER}, and from bit 16 on the
 * value: a literal, or the least length or distance. Its sign says that it is a literal.
 */
final class PrefixCode {
  /** No literal, length or distance: the end of a block, a longer code, or none. */
  static final int OTHER = 1 << 15;

  /**
   * The code is longer than the index. The value is where a table for it starts, and the low byte
   * has the number of bits after the index that are the index there.
   */
  static final int LONGER = 1 << 14;

  private static final int LITERAL = 1 << 31;
  private static final int END = OTHER | 1 << 16;
  private static final int NONE = OTHER;
  private static final int LONGEST = 15;

  private static final int[] LENGTHS = new int[288];
  private static final int[] DISTANCES = new int[32];
  private static final int[] CODE_LENGTHS = new int[19];

  static {
    for (int i = 0; i < 256; i++) {
      LENGTHS[i] = LITERAL | i << 16;
    }
    LENGTHS[256] = END;
    int least = 3;
    for (int i = 0; i < 28; i++) {
      int extraBits = Math.max(0, i / 4 - 1);
      LENGTHS[257 + i] = least << 16 | extraBits;
      least += 1 << extraBits;
    }
    LENGTHS[285] = 258 << 16;
    Arrays.fill(LENGTHS, 286, 288, NONE);
    least = 1;
    for (int i = 0; i < 30; i++) {
      int extraBits = Math.max(0, i / 2 - 1);
      DISTANCES[i] = least << 16 | extraBits;
      least += 1 << extraBits;
    }
    Arrays.fill(DISTANCES, 30, 32, NONE);
    Arrays.setAll(CODE_LENGTHS, i -> i << 16);
  }

  private final int[] meanings;
  private final int indexBits;
  private final boolean mayBeOneBit;
  private final int[] table;

  /** How many symbols have a code of so many bits. */
  private final int[] count = new int[LONGEST + 1];

  /** Where in {@link #sorted} the next symbol goes that has a code of so many bits. */
  private final int[] next = new int[LONGEST + 2];

  /** The symbols by the length of their codes: the order in which codes are given out. */
  private final int[] sorted;

  /**
   * @param meanings each symbol's entry, without the code
   * @param mayBeOneBit whether a single code of one bit will do, where half of what could come has
   *     no meaning
   */
  private PrefixCode(int[] meanings, int indexBits, boolean mayBeOneBit) {
    this.meanings = meanings;
    this.indexBits = indexBits;
    this.mayBeOneBit = mayBeOneBit;
    this.table = new int[2 << indexBits];
    this.sorted = new int[meanings.length];
  }

  static PrefixCode ofLiteralsAndLengths(int indexBits) {
    return new PrefixCode(LENGTHS, indexBits, true);
  }

  static PrefixCode ofDistances(int indexBits) {
    return new PrefixCode(DISTANCES, indexBits, true);
  }

  static PrefixCode ofCodeLengths(int indexBits) {
    return new PrefixCode(CODE_LENGTHS, indexBits, false);
  }

  int[] table() {
    return table;
  }

  static boolean isLiteral(int entry) {
    return entry < 0;
  }

  static boolean isEnd(int entry) {
    return entry >>> 16 == 1;
  }

  /** How many bits the code and its extra bits take. */
  static int bits(int entry) {
    return entry & 0x3F;
  }

  /** The length or distance: the least one of the code, and what its extra bits add. */
  static int value(int entry, long bits) {
    return (entry >>> 16) + (int) ((bits & ~(-1L << entry)) >>> (entry >>> 8 & 0xF));
  }

  /** Where the entry of a {@link #LONGER} code is. */
  static int longer(int entry, long bitsBehindIndex) {
    return (entry >>> 16) + ((int) bitsBehindIndex & (1 << entry) - 1);
  }

  /**
   * Makes the table of the code whose lengths these are, 0 where a symbol has none; false where
   * there is no such code, or one with so many long codes that nothing writes it.
   */
  boolean assign(byte[] lengths, int from, int symbols) {
    Arrays.fill(count, 0);
    for (int i = 0; i < symbols; i++) {
      count[lengths[from + i]]++;
    }
    count[0] = 0;
    next[1] = 0;
    int longest = 0;
    int left = 1;
    for (int bits = 1; bits <= LONGEST; bits++) {
      left = 2 * left - count[bits];
      if (left < 0) {
        return false;
      }
      if (count[bits] > 0) {
        longest = bits;
      }
      next[bits + 1] = next[bits] + count[bits];
    }
    if (left > 0 && (longest > 1 || !mayBeOneBit)) {
      return false;
    }
    for (int i = 0; i < symbols; i++) {
      if (lengths[from + i] > 0) {
        sorted[next[lengths[from + i]]++] = i;
      }
    }
    return fill(longest);
  }

  private boolean fill(int longest) {
    table[0] = NONE;
    int code = 0;
    int symbol = 0;
    for (int bits = 1; bits <= indexBits; bits++) {
      // What is known of a shorter index holds whatever its next bit is.
      System.arraycopy(table, 0, table, 1 << (bits - 1), 1 << (bits - 1));
      code <<= 1;
      for (int i = 0; i < count[bits]; i++) {
        table[inOrderOfBits(code++, bits)] = entry(sorted[symbol++], bits);
      }
    }
    return longest <= indexBits || fillLonger(code, symbol, longest);
  }

  private boolean fillLonger(int firstCode, int firstSymbol, int longest) {
    int code = firstCode;
    int symbol = firstSymbol;
    int moreBits = longest - indexBits;
    int free = 1 << indexBits;
    for (int bits = indexBits + 1; bits <= longest; bits++) {
      code <<= 1;
      for (int i = 0; i < count[bits]; i++) {
        int index = inOrderOfBits(code++, bits);
        int head = index & (1 << indexBits) - 1;
        if (table[head] == NONE) {
          if (free + (1 << moreBits) > table.length) {
            return false;
          }
          table[head] = OTHER | LONGER | free << 16 | moreBits;
          free += 1 << moreBits;
        }
        int start = table[head] >>> 16;
        int entry = entry(sorted[symbol++], bits);
        for (int k = index >>> indexBits; k < 1 << moreBits; k += 1 << (bits - indexBits)) {
          table[start + k] = entry;
        }
      }
    }
    return true;
  }

  private int entry(int symbol, int bits) {
    return meanings[symbol] + (bits << 8 | bits);
  }

  /** A code's first bit is its highest, and is lowest in the data. */
  private static int inOrderOfBits(int code, int bits) {
    return Integer.reverse(code) >>> (Integer.SIZE - bits);
  }
}
