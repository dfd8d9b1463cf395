package io.meterline.ledger.body;

import java.io.IOException;
import java.io.InputStream;

/** A stretch of a stream in memory, which slides along as it is read. */
final class SlidingText {
  private static final int FIRST_BYTES = 256 * 1024;

  private final int mostBytes;
  private InputStream in = InputStream.nullInputStream();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int end;
  private boolean ended;

  SlidingText(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  void reset(InputStream source) {
    in = source;
    end = 0;
    ended = false;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where what is in memory ends. */
  int end() {
    return end;
  }

  /** Whether nothing follows what is in memory. */
  boolean ended() {
    return ended;
  }

  /** Whether no more than what is kept would fit into memory. */
  boolean isFull(int kept) {
    return end - kept >= mostBytes;
  }

  /** Moves what starts at {@code kept} to the front and reads on after it. */
  void slide(int kept) throws IOException {
    byte[] target = bytes;
    if (end - kept > bytes.length / 2) {
      target = new byte[2 * bytes.length];
    } else if (kept == end && bytes.length > FIRST_BYTES) {
      target = new byte[FIRST_BYTES];
    }
    System.arraycopy(bytes, kept, target, 0, end - kept);
    bytes = target;
    end -= kept;
    int read = in.readNBytes(bytes, end, bytes.length - end);
    ended = end + read < bytes.length;
    end += read;
  }
}
