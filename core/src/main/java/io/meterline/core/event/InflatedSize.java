package io.meterline.core.event;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Tells how much gzip data inflates to, in the memory of one small buffer. */
final class InflatedSize {
  private static final int SCRATCH = 64 * 1024;

  private final long maxBytes;

  InflatedSize(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The size of all members together; some size above the bound where it is above that. */
  long of(byte[] data, int from, int to) {
    Inflater inflater = new Inflater(true);
    byte[] scratch = new byte[SCRATCH];
    long membersBefore = 0;
    int at = from;
    try {
      while (at < to) {
        int body = GzipHeader.body(data, at, to);
        if (body < 0) {
          return membersBefore;
        }
        inflater.reset();
        inflater.setInput(data, body, to - body);
        while (!inflater.finished()) {
          int more = inflater.inflate(scratch);
          long size = membersBefore + inflater.getBytesWritten();
          if (size > maxBytes || (more == 0 && !inflater.finished())) {
            return size;
          }
        }
        membersBefore += inflater.getBytesWritten();
        at = to - inflater.getRemaining() + GzipHeader.TRAILER_BYTES;
      }
      return membersBefore;
    } catch (DataFormatException e) {
      // What follows the fault will not be inflated; what is before it needs room.
      return membersBefore + inflater.getBytesWritten();
    } finally {
      inflater.end();
    }
  }
}
