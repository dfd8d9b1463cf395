package io.meterline.core.files;

import io.meterline.core.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Which file a path stood for when it was first read: logs are rotated, and the next file under the
 * same path is another source.
 *
 * @param generation how many files stood under the path before this one
 * @param headBytes how many of its first bytes are in the hash
 */
record FileIdentity(String path, int generation, int headBytes, String headHash) {
  static final int HEAD_BYTES = 1024;
  static final int TAIL_BYTES = 1024;

  static FileIdentity of(Path file, FileChannel content, int generation) throws IOException {
    byte[] head = bytes(content, 0, HEAD_BYTES);
    return new FileIdentity(path(file), generation, head.length, hash(head));
  }

  static String path(Path file) {
    return FileNames.identity(file);
  }

  /** Whether this is still the file, perhaps grown. */
  boolean stillHolds(FileChannel content) throws IOException {
    byte[] head = bytes(content, 0, headBytes);
    return head.length == headBytes && hash(head).equals(headHash);
  }

  /** The start of its lines' ids, which differs for each generation of a path. */
  String name() {
    return generation == 0 ? path : path + "#" + generation;
  }

  /** The source in the names of batches. */
  String source() {
    return "file:" + path + "#" + generation + ":" + headBytes + ":" + headHash;
  }

  /**
   * A hash of what is right before an offset: a file that starts as the one before did (with a
   * banner, say) is told from it by that.
   */
  static String tail(FileChannel content, long offset) throws IOException {
    int length = (int) Math.min(TAIL_BYTES, offset);
    return hash(bytes(content, offset - length, length));
  }

  static String tail(Content content, long offset) throws IOException {
    int length = (int) Math.min(TAIL_BYTES, offset);
    return hash(content.bytes(offset - length, length));
  }

  /** The bytes from {@code at} on; where the channel reads on is left as it is. */
  static byte[] bytes(FileChannel content, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && content.read(bytes, at + bytes.position()) >= 0) {
      // A read may give less than there is.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes), 0, 16);
  }
}
