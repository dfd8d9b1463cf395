package io.meterline.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Meter records in the order in which they came, their JSON text end to end in one array.
 *
 * <p>A comma follows each record, so that the body of an ingest object is one slice of the array,
 * which {@link #lend} hands out as it is.
 */
public final class RecordBuffer {
  private static final int FIRST_CAPACITY = 1024;

  /** Room for what opens a body before the first record: a body is one copy then. */
  private static final int START = 1;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size = START;
  private int[] ends = new int[64];
  private int count;

  /** How many have a body of these bytes, and may read it still. */
  private int lent;

  /** How many records are whole. */
  public int count() {
    return count;
  }

  /** The size in bytes of all whole records with a comma after each. */
  public int size() {
    return from(count) - START;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The array that holds the records: of use with {@link #from} and {@link #to} only. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where record {@code index} starts. */
  public int from(int index) {
    return index == 0 ? START : ends[index - 1] + 1;
  }

  /** Where record {@code index} ends. */
  public int to(int index) {
    return ends[index];
  }

  /** Makes room for {@code length} bytes more, so that {@link #write} need not grow. */
  public void reserve(int length) {
    long needed = (long) size + length;
    if (needed <= bytes.length && lent == 0) {
      return;
    }
    if (needed > Integer.MAX_VALUE - 16) {
      throw new OutOfMemoryError("more than 2 GiB of records in one batch");
    }
    long capacity = needed <= bytes.length ? bytes.length : Math.max(needed, 2L * bytes.length);
    byte[] larger = new byte[(int) Math.min(Integer.MAX_VALUE - 16, capacity)];
    System.arraycopy(bytes, 0, larger, 0, size);
    if (lent > 0 && count > 0) {
      larger[from(count) - 1] = ',';
    }
    bytes = larger;
    lent = 0;
  }

  /** As above, and for {@code more} records, so that {@link #end} need not grow. */
  public void reserve(int length, int more) {
    reserve(length);
    if (count + more > ends.length) {
      ends = Arrays.copyOf(ends, count + more);
    }
  }

  /**
   * All whole records, of which there is one at least, as a JSON array that is not copied. What is
   * written from now on goes elsewhere: the body stays what it is for as long as anyone sends it.
   */
  ByteBuffer lend() {
    int end = from(count);
    bytes[0] = '[';
    bytes[end - 1] = ']';
    lent++;
    return ByteBuffer.wrap(bytes, 0, end);
  }

  /** Says that a body that was lent is read no more: its bytes may be written to again. */
  @SuppressWarnings({"ByteBufferBackingArray", "ReferenceEquality"}) // Is it this very array?
  void takeBack(ByteBuffer body) {
    if (body.array() == bytes && lent > 0 && --lent == 0) {
      bytes[from(count) - 1] = ',';
    }
  }

  /** Adds bytes to the record that is being written. */
  public void write(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  /** Adds ASCII text to the record that is being written. */
  public void write(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
  }

  /** Adds one byte to the record that is being written. */
  public void write(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  /**
   * Makes room for {@code length} bytes more of the record that is being written, for a writer that
   * puts them into {@link #bytes} itself and then tells by {@link #wrote} how far it got.
   *
   * @return where they go
   */
  public int open(int length) {
    reserve(length);
    return size;
  }

  /** The record that is being written has bytes up to {@code to} now. */
  public void wrote(int to) {
    size = to;
  }

  /** Ends the record that is being written. */
  public void end() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = size;
    write(',');
  }

  /** Adds the records of another buffer from index {@code from} to {@code to}. */
  public void add(RecordBuffer other, int from, int to) {
    if (from == to) {
      return;
    }
    int moved = size - other.from(from);
    write(other.bytes, other.from(from), other.to(to - 1));
    write(',');
    if (count + to - from > ends.length) {
      ends = Arrays.copyOf(ends, Math.max(2 * ends.length, count + to - from));
    }
    for (int i = from; i < to; i++) {
      ends[count++] = other.ends[i] + moved;
    }
  }

  /** Takes back all records but the first {@code kept}. */
  public void truncate(int kept) {
    count = kept;
    size = from(kept);
  }

  /** Writes each record on a line of its own. */
  public void writeLines(OutputStream out) throws IOException {
    writeLines(out, 0, count);
  }

  /** As above, the records from index {@code first} to {@code end}. */
  public void writeLines(OutputStream out, int first, int end) throws IOException {
    if (first == end) {
      return;
    }
    // A body that was lent keeps its commas.
    reserve(0);
    separate(first, end, '\n');
    try {
      out.write(bytes, from(first), from(end) - from(first));
    } finally {
      separate(first, end, ',');
    }
  }

  private void separate(int first, int end, char by) {
    for (int i = first; i < end; i++) {
      bytes[ends[i]] = (byte) by;
    }
  }
}
