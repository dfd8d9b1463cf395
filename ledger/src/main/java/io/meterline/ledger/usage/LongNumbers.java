package io.meterline.ledger.usage;

import java.util.Arrays;

/** Numbers longs from 0 on, in the order in which they come first. */
final class LongNumbers {
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private long[] keys = new long[64];
  private int[] slots = new int[256];
  private int count;

  int count() {
    return count;
  }

  /** The long of a number. */
  long key(int number) {
    return keys[number];
  }

  /** The number of a long, which it gets now where it has none. */
  int of(long key) {
    int mask = slots.length - 1;
    int slot = slot(key) & mask;
    while (slots[slot] != 0) {
      if (keys[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
    }
    keys[count++] = key;
    slots[slot] = count;
    if (2 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    slots = new int[4 * slots.length];
    int mask = slots.length - 1;
    for (int number = 0; number < count; number++) {
      int slot = slot(keys[number]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number + 1;
    }
  }

  private static int slot(long key) {
    long product = key * MIX;
    return (int) (product ^ (product >>> 32));
  }
}
