package io.meterline.core.fast;

import static io.meterline.core.fast.Bits.WORD;

/**
 * Inflates deflated data (RFC 1951) that is whole in an array, faster than the JDK's inflater: it
 * reads and copies by words, and asks for room after both ends so that no word has to be looked at
 * twice.
 *
 * <p>It is no judge. It gives up on all that is not plain: damaged data, too little room, and codes
 * that no writer makes. Whoever calls it asks the JDK then, and checks what it told by the checksum
 * that gzip has for it.
 */
public final class FastInflater {
  /** What {@link #inflate} tells where it gave up. */
  public static final int GAVE_UP = -1;

  /** How many bytes must be there after the data's end, whatever they are. */
  public static final int ROOM_BEHIND_DATA = 2 * Long.BYTES;

  private static final int LONGEST_MATCH = 258;

  /** How many bytes must be there after what it inflates to. They may be written to. */
  public static final int ROOM_BEHIND_OUTPUT = LONGEST_MATCH + 2 * Long.BYTES;

  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;

  private static final int LITERAL_INDEX = (1 << BlockCodes.LITERAL_INDEX_BITS) - 1;
  private static final int DISTANCE_INDEX = (1 << BlockCodes.DISTANCE_INDEX_BITS) - 1;

  private final Bits in = new Bits();
  private final BlockCodes codes = new BlockCodes();
  private byte[] out = {};
  private int start;
  private int size;

  /**
   * Inflates what starts at {@code data[from]} and ends before {@code data[to]} into {@code out}
   * from {@code start} on.
   *
   * @return how many bytes it inflates to; {@link #GAVE_UP} where that is not known
   */
  public int inflate(byte[] data, int from, int to, byte[] out, int start) {
    this.in.reset(data, from);
    this.out = out;
    this.start = start;
    this.size = start;
    boolean isLast;
    do {
      if (!in.hasAhead()) {
        return GAVE_UP;
      }
      int head = (int) in.ahead();
      isLast = (head & 1) != 0;
      in.skip(3);
      boolean isRead =
          switch (head >>> 1 & 3) {
            case STORED -> stored(to);
            case FIXED -> codes.fixed() && compressed();
            case DYNAMIC -> codes.read(in) && compressed();
            default -> false;
          };
      if (!isRead) {
        return GAVE_UP;
      }
    } while (!isLast);
    return end() <= to ? size - start : GAVE_UP;
  }

  /** Where the data ended that was inflated last. */
  public int end() {
    return in.toByte();
  }

  private boolean stored(int to) {
    int from = in.toByte();
    if (!in.hasAhead()) {
      return false;
    }
    int length = (int) in.ahead() & 0xFFFF;
    int inverse = (int) (in.ahead() >>> 16) & 0xFFFF;
    from += 4;
    if ((length ^ inverse) != 0xFFFF || length > to - from || length > out.length - size) {
      return false;
    }
    System.arraycopy(in.data(), from, out, size, length);
    size += length;
    in.skip((4 + length) * Byte.SIZE);
    return true;
  }

  /**
   * The symbols of a block. All that the loop needs is in local variables. {@code bits} has the
   * next bits, and {@code known} says how many: at least 56 wherever a length may come, and a
   * length takes 20 with its extra bits and a distance 28. {@code entry} is looked up as soon as
   * its bits are there: before a match is copied, so that the processor does both at once.
   */
  private boolean compressed() {
    byte[] data = in.data();
    byte[] out = this.out;
    int[] literals = codes.literals();
    int[] distances = codes.distances();
    int lastWord = data.length - Long.BYTES;
    int lastStart = out.length - ROOM_BEHIND_OUTPUT;
    int size = this.size;
    if (!in.hasAhead()) {
      return false;
    }
    long bits = in.ahead();
    int known = 56 - (int) (in.at() & 7);
    int at = (int) (in.at() >>> 3) + 7;
    int entry = literals[(int) bits & LITERAL_INDEX];
    while (size <= lastStart && at <= lastWord) {
      if (PrefixCode.isLiteral(entry)) {
        // Three literals take 45 bits at most, and what follows them is looked up in the rest.
        for (int i = 0; i < 3 && PrefixCode.isLiteral(entry); i++) {
          out[size++] = (byte) (entry >>> 16);
          bits >>>= entry;
          known -= PrefixCode.bits(entry);
          entry = literals[(int) bits & LITERAL_INDEX];
        }
        bits |= (long) WORD.get(data, at) << known;
        at += (63 - known) >>> 3;
        known |= 56;
        continue;
      }
      if ((entry & PrefixCode.OTHER) != 0) {
        if ((entry & PrefixCode.LONGER) != 0) {
          entry = literals[PrefixCode.longer(entry, bits >>> BlockCodes.LITERAL_INDEX_BITS)];
          continue;
        }
        this.size = size;
        in.moveTo((long) at * Byte.SIZE - known + PrefixCode.bits(entry));
        return PrefixCode.isEnd(entry);
      }
      int length = PrefixCode.value(entry, bits);
      bits >>>= entry;
      known -= PrefixCode.bits(entry);
      int back = distances[(int) bits & DISTANCE_INDEX];
      if ((back & PrefixCode.LONGER) != 0) {
        back = distances[PrefixCode.longer(back, bits >>> BlockCodes.DISTANCE_INDEX_BITS)];
      }
      int distance = PrefixCode.value(back, bits);
      if ((back & PrefixCode.OTHER) != 0 || distance > size - start) {
        return false;
      }
      bits >>>= back;
      known -= PrefixCode.bits(back);
      bits |= (long) WORD.get(data, at) << known;
      at += (63 - known) >>> 3;
      known |= 56;
      entry = literals[(int) bits & LITERAL_INDEX];
      int end = size + length;
      copy(out, distance, size, end);
      size = end;
    }
    return false;
  }

  /**
   * Repeats what is {@code distance} bytes before. Most matches are short, so two words are copied
   * without asking, up to 15 bytes too many.
   */
  private static void copy(byte[] out, int distance, int to, int end) {
    if (distance < Long.BYTES) {
      repeat(out, distance, to, end);
      return;
    }
    int from = to - distance;
    WORD.set(out, to, (long) WORD.get(out, from));
    WORD.set(out, to + Long.BYTES, (long) WORD.get(out, from + Long.BYTES));
    int copied = 2 * Long.BYTES;
    int left = end - to - copied;
    if (left > 0) {
      if (distance >= left) {
        System.arraycopy(out, from + copied, out, to + copied, left);
      } else {
        repeat(out, distance, to + copied, end);
      }
    }
  }

  /** What is repeated may be part of what it is repeated to. */
  private static void repeat(byte[] out, int distance, int to, int end) {
    for (int at = to; at < end; at++) {
      out[at] = out[at - distance];
    }
  }
}
