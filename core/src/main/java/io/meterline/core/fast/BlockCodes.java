package io.meterline.core.fast;

import java.util.Arrays;

/** The two codes of a block: one of literals and lengths, one of distances. */
final class BlockCodes {
  /** So many bits hold nearly all codes that writers choose. */
  static final int LITERAL_INDEX_BITS = 11;

  static final int DISTANCE_INDEX_BITS = 8;

  private static final int LENGTH_INDEX_BITS = 7;
  private static final int MOST_LITERALS = 286;
  private static final int MOST_DISTANCES = 30;

  /** In which order the lengths of the code of lengths are written. */
  private static final byte[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final PrefixCode literals = PrefixCode.ofLiteralsAndLengths(LITERAL_INDEX_BITS);
  private final PrefixCode distances = PrefixCode.ofDistances(DISTANCE_INDEX_BITS);
  private final PrefixCode codeLengths = PrefixCode.ofCodeLengths(LENGTH_INDEX_BITS);
  private final byte[] lengths = new byte[288 + 32];

  int[] literals() {
    return literals.table();
  }

  int[] distances() {
    return distances.table();
  }

  /** The codes that every reader knows (RFC 1951, 3.2.6). */
  boolean fixed() {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    Arrays.fill(lengths, 288, 320, (byte) 5);
    return literals.assign(lengths, 0, 288) && distances.assign(lengths, 288, 32);
  }

  /** Reads the codes that are before a block (RFC 1951, 3.2.7). */
  boolean read(Bits in) {
    if (!in.hasAhead()) {
      return false;
    }
    long head = in.ahead();
    int literalCount = (int) (head & 0x1F) + 257;
    int distanceCount = (int) (head >>> 5 & 0x1F) + 1;
    int lengthCount = (int) (head >>> 10 & 0xF) + 4;
    in.skip(14);
    return literalCount <= MOST_LITERALS
        && distanceCount <= MOST_DISTANCES
        && readCodeOfLengths(in, lengthCount)
        && readLengths(in, literalCount + distanceCount)
        && literals.assign(lengths, 0, literalCount)
        && distances.assign(lengths, literalCount, distanceCount);
  }

  private boolean readCodeOfLengths(Bits in, int count) {
    Arrays.fill(lengths, 0, ORDER.length, (byte) 0);
    for (int i = 0; i < count; i++) {
      if (!in.hasAhead()) {
        return false;
      }
      lengths[ORDER[i]] = (byte) (in.ahead() & 7);
      in.skip(3);
    }
    return codeLengths.assign(lengths, 0, ORDER.length);
  }

  private boolean readLengths(Bits in, int count) {
    int i = 0;
    while (i < count) {
      if (!in.hasAhead()) {
        return false;
      }
      long ahead = in.ahead();
      int entry = codeLengths.table()[(int) ahead & (1 << LENGTH_INDEX_BITS) - 1];
      int codeBits = PrefixCode.bits(entry);
      int symbol = entry >>> 16;
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        in.skip(codeBits);
        continue;
      }
      if (symbol == 16 && i == 0) {
        return false;
      }
      byte repeated = symbol == 16 ? lengths[i - 1] : 0;
      int extraBits = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
      int times = (symbol == 18 ? 11 : 3) + ((int) (ahead >>> codeBits) & (1 << extraBits) - 1);
      in.skip(codeBits + extraBits);
      if (i + times > count) {
        return false;
      }
      Arrays.fill(lengths, i, i + times, repeated);
      i += times;
    }
    return true;
  }
}
