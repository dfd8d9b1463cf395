package io.meterline.core.event;

/** The header of a gzip member (RFC 1952). */
public final class GzipHeader {
  /** What {@link #body} tells where no member starts. */
  public static final int NONE = -1;

  /** What {@link #body} tells where the bytes end inside the header. */
  public static final int INCOMPLETE = -2;

  /** How many bytes follow the deflated body: checksum and length. */
  public static final int TRAILER_BYTES = 8;

  private static final int FIXED_BYTES = 10;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private GzipHeader() {}

  /** Whether the bytes start as gzip does. */
  public static boolean isGzip(byte[] data, int from, int to) {
    return to - from >= 2 && data[from] == 0x1F && data[from + 1] == (byte) 0x8B;
  }

  /** Where the deflated body starts of the member at {@code at}. */
  public static int body(byte[] data, int at, int to) {
    if (to - at < 2) {
      return to == at || data[at] == 0x1F ? INCOMPLETE : NONE;
    }
    if (!isGzip(data, at, to)) {
      return NONE;
    }
    if (to - at < FIXED_BYTES) {
      return INCOMPLETE;
    }
    int flags = data[at + 3];
    if (data[at + 2] != 8 || (flags & RESERVED) != 0) {
      return NONE;
    }
    int i = at + FIXED_BYTES;
    if ((flags & EXTRA) != 0) {
      if (to - i < 2) {
        return INCOMPLETE;
      }
      i += 2 + ((data[i] & 0xFF) | (data[i + 1] & 0xFF) << 8);
    }
    if ((flags & NAME) != 0) {
      i = afterZero(data, i, to);
    }
    if ((flags & COMMENT) != 0) {
      i = afterZero(data, i, to);
    }
    if ((flags & HEADER_CRC) != 0) {
      i += 2;
    }
    return i < to ? i : INCOMPLETE;
  }

  private static int afterZero(byte[] data, int from, int to) {
    int i = from;
    while (i < to && data[i] != 0) {
      i++;
    }
    return i + 1;
  }
}
