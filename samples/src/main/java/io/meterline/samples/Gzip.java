package io.meterline.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Gzip data, whole or broken. */
public final class Gzip {
  private Gzip() {}

  /** One member. */
  public static byte[] member(byte[] content) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream(content.length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    return gzip.toByteArray();
  }

  /** One member of so many zeros. */
  public static byte[] zeros(long count) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    byte[] some = new byte[64 * 1024];
    try (GZIPOutputStream out = new GZIPOutputStream(gzip, some.length)) {
      for (long left = count; left > 0; left -= some.length) {
        out.write(some, 0, (int) Math.min(left, some.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    return gzip.toByteArray();
  }

  /** The member with its checksum changed. */
  public static byte[] withWrongChecksum(byte[] member) {
    byte[] broken = member.clone();
    broken[broken.length - 8] ^= 1;
    return broken;
  }
}
