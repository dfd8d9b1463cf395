package io.meterline.ledger.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers by name, where names are stretches of bytes: nothing is made of a name to find it. */
final class ByteIndex {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private byte[] names = new byte[4096];
  private int[] ends = new int[64];
  private int[] numbers = new int[64];
  private int[] slots = new int[256];
  private int count;

  int count() {
    return count;
  }

  /** How many bytes all names have. */
  int bytes() {
    return count == 0 ? 0 : ends[count - 1];
  }

  /** The number of a name; -1 where it has none. */
  int get(byte[] source, int from, int to) {
    int slot = slot(source, from, to);
    return slots[slot] == 0 ? -1 : numbers[slots[slot] - 1];
  }

  void put(byte[] source, int from, int to, int number) {
    int slot = slot(source, from, to);
    if (slots[slot] != 0) {
      numbers[slots[slot] - 1] = number;
      return;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    int start = bytes();
    int length = to - from;
    if (start + length > names.length) {
      names = Arrays.copyOf(names, Math.max(2 * names.length, start + length));
    }
    System.arraycopy(source, from, names, start, length);
    ends[count] = start + length;
    numbers[count++] = number;
    slots[slot] = count;
    if (2 * count > slots.length) {
      grow();
    }
  }

  void clear() {
    names = new byte[4096];
    ends = new int[64];
    numbers = new int[64];
    slots = new int[256];
    count = 0;
  }

  private int slot(byte[] source, int from, int to) {
    int mask = slots.length - 1;
    int slot = (int) hash(source, from, to) & mask;
    while (slots[slot] != 0) {
      int name = slots[slot] - 1;
      if (Arrays.equals(names, start(name), ends[name], source, from, to)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int name = 0; name < count; name++) {
      int slot = (int) hash(names, start(name), ends[name]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = name + 1;
    }
  }

  private int start(int name) {
    return name == 0 ? 0 : ends[name - 1];
  }

  /** 64 bits that spread well: good enough to look up with, where equality is checked after. */
  static long hash(byte[] source, int from, int to) {
    long hash = (to - from) * MIX;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(source, i));
    }
    long tail = 0;
    for (; i < to; i++) {
      tail = tail << 8 | (source[i] & 0xFF);
    }
    return mix(hash ^ tail);
  }

  static long mix(long bits) {
    long product = bits * MIX;
    product ^= product >>> 32;
    product *= 0xD6E8_FEB8_6659_FD93L;
    return product ^ (product >>> 32);
  }
}
