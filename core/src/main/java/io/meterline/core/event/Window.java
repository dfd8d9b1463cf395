package io.meterline.core.event;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The stretch of an input stream that is held in memory.
 *
 * <p>What is held stays at its index until {@link #compact} is called, so that a reader can ask for
 * more in the middle of a value and read on.
 */
public final class Window implements AutoCloseable {
  private static final int FIRST_CAPACITY = 64 * 1024;

  private final InputStream in;
  private int maxBytes;
  private byte[] bytes;
  private int from;
  private int to;
  private long offset;
  private boolean ended;

  /** Holds no more than {@code maxBytes} of {@code in} at a time. */
  public Window(InputStream in, int maxBytes) {
    this.in = requireNonNull(in, "in is null");
    this.maxBytes = maxBytes;
    this.bytes = new byte[Math.min(FIRST_CAPACITY, maxBytes)];
  }

  /** Holds all of {@code whole}. */
  public Window(byte[] whole) {
    this.in = InputStream.nullInputStream();
    this.maxBytes = whole.length;
    this.bytes = whole;
    this.to = whole.length;
    this.ended = true;
  }

  /** Holds {@code [from, to)} of bytes before the first of which {@code offset} others are. */
  public Window(byte[] held, int from, int to, long offset) {
    this(held);
    this.from = from;
    this.to = to;
    this.offset = offset;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where what is not yet used starts. */
  public int from() {
    return from;
  }

  /** Where what is held ends. */
  public int to() {
    return to;
  }

  /** How many bytes of the stream are before the byte at {@code index}. */
  public long offset(int index) {
    return offset + index;
  }

  /** Where the line ends that goes through {@code index}; {@code limit} where it goes beyond. */
  public int lineEnd(int index, int limit) {
    return LineEnds.next(bytes, index, limit);
  }

  /** Marks all before {@code index} as used. */
  public void advance(int index) {
    from = index;
  }

  /** Reads more after what is held; false when the input has ended or there is no more room. */
  public boolean more() throws IOException {
    if (ended || isFull()) {
      return false;
    }
    if (to == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, 2L * bytes.length));
    }
    int read = in.read(bytes, to, bytes.length - to);
    if (read < 0) {
      ended = true;
      return false;
    }
    to += read;
    return true;
  }

  /** Whether the last call for more found the end of the input. */
  public boolean hasEnded() {
    return ended;
  }

  /** Whether as much is held as may be. */
  public boolean isFull() {
    return to >= maxBytes;
  }

  int maxBytes() {
    return maxBytes;
  }

  /** Holds no more than this from now on, or what is held already where that is more. */
  public void limit(int bound) {
    maxBytes = Math.max(bound, bytes.length);
  }

  /** Passes this many bytes, or all there are. */
  public void skip(long count) throws IOException {
    long held = Math.min(count, to - from);
    from += (int) held;
    if (held < count) {
      moveToFront();
      long left = count - held;
      long skipped = in.skip(left);
      while (skipped < left && in.read() >= 0) {
        skipped++;
        skipped += in.skip(left - skipped);
      }
      offset += skipped;
    }
  }

  /** Reads on at another place of the file that the input is. */
  public void moveTo(long place, FileChannel file) throws IOException {
    file.position(place);
    offset = place;
    from = 0;
    to = 0;
    ended = false;
  }

  /** Moves what is not used to the front, where room is needed and that makes enough of it. */
  public void compact() {
    if (ended) {
      return;
    }
    if (from > bytes.length / 2 || from == to || isFull()) {
      moveToFront();
    }
  }

  /** Makes room where only what is used takes it; tells whether there is room for more now. */
  public boolean reclaim() {
    if (ended || from == 0 || !isFull()) {
      return false;
    }
    moveToFront();
    return true;
  }

  private void moveToFront() {
    System.arraycopy(bytes, from, bytes, 0, to - from);
    offset += from;
    to -= from;
    from = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
