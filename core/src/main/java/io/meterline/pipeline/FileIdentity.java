package io.meterline.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
  private static final int HEAD_BYTES = 1024;

  static FileIdentity of(Path file, FileChannel content, int generation) throws IOException {
    byte[] head = head(content, HEAD_BYTES);
    return new FileIdentity(path(file), generation, head.length, hash(head));
  }

  static String path(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  /** Whether this is still the file, perhaps grown. */
  boolean stillHolds(FileChannel content) throws IOException {
    byte[] head = head(content, headBytes);
    return head.length == headBytes && hash(head).equals(headHash);
  }

  /** The source in the names of batches. */
  String source() {
    return "file:" + path + "#" + generation + ":" + headBytes + ":" + headHash;
  }

  /** The first bytes; where the channel reads on is left as it is. */
  private static byte[] head(FileChannel content, int bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(bytes);
    while (head.hasRemaining() && content.read(head, head.position()) >= 0) {
      // A read may give less than there is.
    }
    return Arrays.copyOf(head.array(), head.position());
  }

  static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
