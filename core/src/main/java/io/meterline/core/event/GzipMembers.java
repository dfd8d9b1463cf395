package io.meterline.core.event;

import io.meterline.core.fast.FastInflater;
import io.meterline.core.fast.FastPath;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Opens gzip data (RFC 1952) member by member into one reused buffer.
 *
 * <p>The JDK's stream is no use here: it hides where members end, and passes over what follows the
 * last one in silence.
 */
final class GzipMembers {
  private static final int LEAST_FIRST_CAPACITY = 64 * 1024;
  private static final int MOST_TIMES_INFLATED = 32;

  /**
   * Room beyond the size: zlib tells that a stream has ended only when it could still write, and
   * the fast inflater writes whole words.
   */
  private static final int SLACK = FastInflater.ROOM_BEHIND_OUTPUT;

  private final FastInflater fast = new FastInflater();
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final Slices whole = new Slices();
  private final Slices broken = new Slices();
  private final int maxBytes;
  private byte[] bytes = new byte[0];
  private byte[] roomy = new byte[0];
  private int size;

  GzipMembers(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Inflates all that can be; false where that is more than the bound. */
  boolean inflate(byte[] payload, int from, int to) {
    byte[] data =
        payload.length - to < FastInflater.ROOM_BEHIND_DATA ? withRoom(payload, from, to) : payload;
    if (bytes.length == 0) {
      bytes = new byte[Math.min(firstCapacity(data, from, to), maxBytes) + SLACK];
    }
    if (inflateInto(data, from, to, bytes)) {
      // More than the bound may have been held before, and fits by chance.
      return size <= maxBytes;
    }
    // Measured before it is held: a payload that inflates to gigabytes takes no memory at all.
    long needed = new InflatedSize(maxBytes).of(data, from, to);
    if (needed > maxBytes) {
      return false;
    }
    bytes = new byte[(int) needed + SLACK];
    return inflateInto(data, from, to, bytes);
  }

  /** The same at the same place, in an array that continues after it. */
  private byte[] withRoom(byte[] payload, int from, int to) {
    if (roomy.length < to + FastInflater.ROOM_BEHIND_DATA) {
      roomy = new byte[to + FastInflater.ROOM_BEHIND_DATA];
    }
    System.arraycopy(payload, from, roomy, from, to - from);
    return roomy;
  }

  /**
   * A little more than the first payload says it needs, so that it is inflated once. Its word is
   * taken up to what log lines of its size may come to, and not at all above the bound.
   */
  private int firstCapacity(byte[] data, int from, int to) {
    long told =
        to - from < GzipHeader.TRAILER_BYTES ? 0 : littleEndian(data, to - 4) & 0xFFFF_FFFFL;
    long most = told > maxBytes ? LEAST_FIRST_CAPACITY : (long) MOST_TIMES_INFLATED * (to - from);
    return (int) Math.max(LEAST_FIRST_CAPACITY, Math.min(told + told / 4, most));
  }

  private boolean inflateInto(byte[] data, int from, int to, byte[] out) {
    whole.clear();
    broken.clear();
    size = 0;
    int at = from;
    while (at < to) {
      int body = GzipHeader.body(data, at, to);
      if (body < 0) {
        broken.add(at, to);
        return true;
      }
      int behind = inflateFast(data, body, to, out);
      if (behind != FastInflater.GAVE_UP) {
        at = behind;
        continue;
      }
      inflater.reset();
      inflater.setInput(data, body, to - body);
      int length;
      try {
        length = inflateMember(out, size);
      } catch (DataFormatException e) {
        size += (int) inflater.getBytesWritten();
        broken.add(at, to);
        return true;
      }
      if (length < 0) {
        return false;
      }
      int start = size;
      // What a broken member inflates to counts as well, as it does where the size is measured.
      size += length;
      int trailer = to - inflater.getRemaining();
      if (!inflater.finished() || to - trailer < GzipHeader.TRAILER_BYTES) {
        broken.add(at, to);
        return true;
      }
      int next = trailer + GzipHeader.TRAILER_BYTES;
      if (isIntact(data, trailer, out, start, length)) {
        whole.add(start, size);
      } else {
        broken.add(at, next);
      }
      at = next;
    }
    return true;
  }

  /**
   * Where the member ends, if it is whole. What else it may be, and how much of it can be used, is
   * for the JDK's inflater to say: so nothing rests on ours but how long it takes.
   */
  private int inflateFast(byte[] data, int body, int to, byte[] out) {
    if (!FastPath.INFLATER.isOn()) {
      return FastInflater.GAVE_UP;
    }
    int length = fast.inflate(data, body, to - GzipHeader.TRAILER_BYTES, out, size);
    if (length == FastInflater.GAVE_UP || !isIntact(data, fast.end(), out, size, length)) {
      return FastInflater.GAVE_UP;
    }
    whole.add(size, size + length);
    size += length;
    return fast.end() + GzipHeader.TRAILER_BYTES;
  }

  /** The inflated length of the member; -1 where there is no room for it. */
  private int inflateMember(byte[] out, int start) throws DataFormatException {
    int at = start;
    while (!inflater.finished()) {
      int more = inflater.inflate(out, at, out.length - at);
      at += more;
      if (more == 0 && !inflater.finished()) {
        if (at == out.length && !inflater.needsInput()) {
          return -1;
        }
        return at - start;
      }
    }
    return at - start;
  }

  private boolean isIntact(byte[] data, int trailer, byte[] out, int from, int length) {
    crc.reset();
    crc.update(out, from, length);
    return littleEndian(data, trailer) == (int) crc.getValue()
        && littleEndian(data, trailer + 4) == length;
  }

  private static int littleEndian(byte[] data, int at) {
    return (data[at] & 0xFF)
        | (data[at + 1] & 0xFF) << 8
        | (data[at + 2] & 0xFF) << 16
        | data[at + 3] << 24;
  }

  /** What the members inflated to, end to end. */
  byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} each member is that decoded completely. */
  Slices whole() {
    return whole;
  }

  /** The parts of the data that are not complete members. */
  Slices broken() {
    return broken;
  }

  /** Gives back the memory that the inflater holds outside of the heap. */
  void close() {
    inflater.end();
    bytes = new byte[0];
    roomy = new byte[0];
  }
}
