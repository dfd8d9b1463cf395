package io.meterline.core.input;

import io.meterline.core.event.GzipHeader;
import io.meterline.core.event.Window;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Gzip data as the bytes it holds, all members one after the other.
 *
 * <p>The JDK's stream takes a broken member after the first for the end of the data and says
 * nothing; here that is an error, since lines would be lost by it. Zeros after the last member are
 * padding.
 */
final class GunzipStream extends InputStream {
  private final Window in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean insideMember;
  private boolean ended;

  GunzipStream(Window in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int from, int length) throws IOException {
    int inflated = 0;
    while (inflated == 0 && length > 0 && !ended) {
      if (insideMember && inflater.finished()) {
        // Not before what was inflated is handed out: a bad checksum must not hold it back.
        endMember();
      }
      if (insideMember || startMember()) {
        feed();
        inflated = inflate(out, from, length);
        crc.update(out, from, inflated);
      }
    }
    return inflated == 0 && length > 0 ? -1 : inflated;
  }

  /** Moves into the next member; false at the end of the data. */
  private boolean startMember() throws IOException {
    in.compact();
    int body = GzipHeader.body(in.bytes(), in.from(), in.to());
    while (body == GzipHeader.INCOMPLETE && in.more()) {
      body = GzipHeader.body(in.bytes(), in.from(), in.to());
    }
    if (body < 0) {
      ended = true;
      endOfData();
      return false;
    }
    in.advance(body);
    inflater.reset();
    crc.reset();
    insideMember = true;
    return true;
  }

  private void endOfData() throws IOException {
    do {
      while (in.from() < in.to()) {
        if (in.bytes()[in.from()] != 0) {
          throw broken("not a complete gzip member", null);
        }
        in.advance(in.from() + 1);
      }
      in.compact();
    } while (in.more());
  }

  private void feed() throws IOException {
    if (!inflater.needsInput() || inflater.finished()) {
      return;
    }
    if (in.from() == in.to()) {
      in.compact();
      if (!in.more()) {
        ended = true;
        throw new EOFException(
            "byte %d: the gzip data ends inside a member".formatted(in.offset(in.from())));
      }
    }
    inflater.setInput(in.bytes(), in.from(), in.to() - in.from());
    in.advance(in.to());
  }

  private int inflate(byte[] out, int from, int length) throws IOException {
    try {
      return inflater.inflate(out, from, length);
    } catch (DataFormatException e) {
      ended = true;
      throw broken("the deflated data is broken", e);
    }
  }

  private void endMember() throws IOException {
    insideMember = false;
    in.advance(in.to() - inflater.getRemaining());
    while (in.to() - in.from() < GzipHeader.TRAILER_BYTES) {
      if (!in.more()) {
        ended = true;
        throw broken("the gzip data ends inside a checksum", null);
      }
    }
    long checksum = littleEndian();
    long length = littleEndian();
    if (checksum != crc.getValue() || length != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      ended = true;
      throw broken("a gzip member has the wrong checksum", null);
    }
  }

  private long littleEndian() {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (in.bytes()[in.from()] & 0xFFL) << shift;
      in.advance(in.from() + 1);
    }
    return value;
  }

  private IOException broken(String what, @Nullable DataFormatException cause) {
    return new IOException("byte %d: %s".formatted(in.offset(in.from()), what), cause);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
