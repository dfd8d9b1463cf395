package io.meterline.core.files;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * What tells later whether a file is still the one that was delivered.
 *
 * @param yielded whether anything in it was delivered
 * @param inside the first bytes of what its gzip data holds; empty where offsets count its own
 * @param raw its size and last bytes when all of its gzip data was delivered; empty otherwise
 * @param tail the last bytes that were read
 * @param seen the file's metadata when all of it was delivered; otherwise its key alone
 * @param settings those of the last run that delivered from it
 */
record Trace(
    boolean yielded,
    Edge inside,
    Edge raw,
    Edge tail,
    Fingerprint fingerprint,
    Stat seen,
    Settings settings) {
  static final Trace NEW =
      new Trace(false, Edge.NONE, Edge.NONE, Edge.NONE, Fingerprint.NONE, Stat.NONE, Settings.NONE);

  /**
   * The bytes at an edge of a file.
   *
   * @param bytes how many are in the hash, or before its end
   */
  record Edge(long bytes, String hash) {
    static final Edge NONE = new Edge(0, "");

    static final int HEAD_BYTES = 1024;

    static Edge head(Content content) throws IOException {
      byte[] head = content.bytes(0, HEAD_BYTES);
      return new Edge(head.length, FileIdentity.hash(head));
    }

    static Edge end(FileChannel file) throws IOException {
      long size = file.size();
      return new Edge(size, FileIdentity.tail(file, size));
    }

    /** The bytes before an offset. */
    static Edge tail(Content content, long offset) throws IOException {
      return new Edge(offset, FileIdentity.tail(content, offset));
    }

    boolean isNone() {
      return hash.isEmpty();
    }

    boolean isHeadOf(Content content) throws IOException {
      byte[] head = content.bytes(0, (int) bytes);
      return head.length == bytes && FileIdentity.hash(head).equals(hash);
    }

    boolean isTailOf(Content content) throws IOException {
      if (isNone()) {
        return true;
      }
      int length = (int) Math.min(FileIdentity.TAIL_BYTES, bytes);
      byte[] before = content.bytes(bytes - length, length);
      return before.length == length && FileIdentity.hash(before).equals(hash);
    }

    boolean isStillIn(FileChannel file) throws IOException {
      return file.size() >= bytes && FileIdentity.tail(file, bytes).equals(hash);
    }
  }

  Trace yielding() {
    return new Trace(true, inside, raw, tail, fingerprint, seen, settings);
  }

  Trace with(Fingerprint newer) {
    return new Trace(yielded, inside, raw, tail, newer, seen, settings);
  }

  Trace with(Edge newInside, Edge newRaw) {
    return new Trace(yielded, newInside, newRaw, tail, fingerprint, seen, settings);
  }

  Trace withTail(Edge newer) {
    return new Trace(yielded, inside, raw, newer, fingerprint, seen, settings);
  }

  Trace with(Settings newer) {
    return new Trace(yielded, inside, raw, tail, fingerprint, seen, newer);
  }

  Trace with(Stat newer) {
    return new Trace(yielded, inside, raw, tail, fingerprint, newer, settings);
  }
}
