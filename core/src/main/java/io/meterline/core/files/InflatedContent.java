package io.meterline.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What gzip data holds. It is inflated from the start again where a question goes far back. Broken
 * data counts as the end for its first bytes alone; elsewhere it is an error.
 */
final class InflatedContent implements Content {
  private static final int HELD_BYTES = 256 * 1024;

  private final Opener opener;
  private final byte[] held = new byte[HELD_BYTES];
  private @Nullable InputStream in;
  private long from;
  private int length;
  private @Nullable IOException broken;

  InflatedContent(Opener opener) {
    this.opener = opener;
  }

  @Override
  public byte[] bytes(long at, int wanted) throws IOException {
    if (wanted > HELD_BYTES / 2) {
      throw new IllegalArgumentException("at most half of what is held can be asked for");
    }
    InputStream stream = in;
    if (stream == null || at < from) {
      stream = open();
    }
    while (from + length < at + wanted) {
      if (length == HELD_BYTES) {
        int kept = HELD_BYTES / 2;
        System.arraycopy(held, length - kept, held, 0, kept);
        from += length - kept;
        length = kept;
      }
      int read = read(stream);
      if (read < 0) {
        break;
      }
      length += read;
    }
    if (broken != null && at > 0 && from + length < at + wanted) {
      throw new BrokenDataException(broken);
    }
    int start = (int) Math.min(at - from, length);
    return Arrays.copyOfRange(held, start, Math.min(start + wanted, length));
  }

  /** What is before broken data can be read all the same. */
  private int read(InputStream stream) {
    try {
      return broken == null ? stream.read(held, length, HELD_BYTES - length) : -1;
    } catch (IOException e) {
      broken = e;
      return -1;
    }
  }

  private InputStream open() throws IOException {
    close();
    broken = null;
    InputStream opened = opener.open();
    in = opened;
    from = 0;
    length = 0;
    return opened;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }

  /**
   * Compressed data that can't be read so far: it is damaged, or was not written to its end yet.
   */
  static final class BrokenDataException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenDataException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Starts to inflate. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }
}
