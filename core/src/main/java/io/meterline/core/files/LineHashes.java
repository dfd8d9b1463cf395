package io.meterline.core.files;

/**
 * Hashes the lines of a text, piece by piece, each by its first bytes. Empty lines are left out,
 * and so are carriage returns: a file whose line ends were converted has the same lines.
 */
final class LineHashes {
  private static final int LINE_BYTES = 512;
  private static final long BASIS = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private final Lines out;
  private long at;
  private long lineAt;
  private long hash = BASIS;
  private int length;
  private boolean inside;

  /**
   * @param at the offset of the first byte that is read
   * @param lineStart whether a line starts there; otherwise the first one is left out
   */
  LineHashes(long at, boolean lineStart, Lines out) {
    this.at = at;
    this.lineAt = at;
    this.inside = !lineStart;
    this.out = out;
  }

  void read(byte[] bytes) {
    for (byte b : bytes) {
      at++;
      if (b == '\n') {
        endLine();
        inside = false;
        lineAt = at;
      } else if (length < LINE_BYTES && b != '\r') {
        hash = (hash ^ (b & 0xFF)) * PRIME;
        length++;
      }
    }
  }

  /** Ends the last line, which may have no line end. */
  void endLine() {
    if (length > 0 && !inside) {
      out.line(lineAt, mixed(hash));
    }
    hash = BASIS;
    length = 0;
  }

  /** A hash of all bytes (FNV-1a, with its bits mixed). */
  static long hash(byte[] bytes) {
    long hash = BASIS;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xFF)) * PRIME;
    }
    return mixed(hash ^ bytes.length);
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  /** Receives each line. */
  @FunctionalInterface
  interface Lines {
    void line(long at, long hash);
  }
}
