package io.meterline.core.fast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The place in deflated data, to the bit. The first bit of a byte is its lowest. */
final class Bits {
  /** Eight bytes of an array as one word, the first one lowest. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] data = {};
  private long at;

  /** Goes to the byte at {@code from}. */
  void reset(byte[] data, int from) {
    this.data = data;
    this.at = (long) from * Byte.SIZE;
  }

  byte[] data() {
    return data;
  }

  /** Where the place is, in bits. */
  long at() {
    return at;
  }

  void moveTo(long bit) {
    at = bit;
  }

  /** Goes to the start of the next byte, unless it is at the start of one. */
  int toByte() {
    int next = (int) ((at + Byte.SIZE - 1) / Byte.SIZE);
    at = (long) next * Byte.SIZE;
    return next;
  }

  /** Whether {@link #ahead} can be told. */
  boolean hasAhead() {
    return at >>> 3 <= data.length - Long.BYTES;
  }

  /** The bits that come next, at least 57 of them. */
  long ahead() {
    return (long) WORD.get(data, (int) (at >>> 3)) >>> (at & 7);
  }

  void skip(int bits) {
    at += bits;
  }
}
