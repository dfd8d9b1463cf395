package io.meterline.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  static FileIdentity of(Path file, int generation) throws IOException {
    byte[] head = head(file, HEAD_BYTES);
    return new FileIdentity(path(file), generation, head.length, hash(head));
  }

  static String path(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  /** Whether the file under the path is still this one, perhaps grown. */
  boolean stillHolds(Path file) throws IOException {
    byte[] head = head(file, headBytes);
    return head.length == headBytes && hash(head).equals(headHash);
  }

  /** The source in the names of batches. */
  String source() {
    return "file:" + path + "#" + generation + ":" + headBytes + ":" + headHash;
  }

  private static byte[] head(Path file, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytes);
    }
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
