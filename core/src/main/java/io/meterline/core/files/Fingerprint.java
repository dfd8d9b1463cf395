package io.meterline.core.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Samples of the first bytes of a file, by which a later change in them is found.
 *
 * <p>Up to 256 KiB, blocks of 4 KiB cover all bytes. Beyond that, 64 such blocks are spread over
 * the whole. Up to 64 lines, by their first 512 bytes, tell a file that was edited from another.
 *
 * @param extent how many bytes from the start it is about
 * @param blocks a hash of each block
 * @param lines in the order of their offsets
 */
record Fingerprint(long extent, List<Long> blocks, List<Line> lines) {
  static final Fingerprint NONE = new Fingerprint(0, List.of(), List.of());

  private static final int BLOCK_BYTES = 4096;
  private static final int BLOCKS = 64;
  private static final int EDGE_LINES = 8;
  private static final int LINES = 64;

  /** What is shorter may be alike by chance. */
  private static final int SURE_BYTES = 1024;

  private static final int SCAN_BYTES = 64 * 1024;

  /** How far after its old place a line is looked for. */
  private static final long SHIFT_BYTES = 16L * 1024 * 1024;

  /** A line that starts at an offset. */
  record Line(long at, long hash) {}

  Fingerprint {
    blocks = List.copyOf(blocks);
    lines = List.copyOf(lines);
  }

  static Fingerprint of(Content content, long extent) throws IOException {
    List<Long> blocks = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    LineHashes whole = new LineHashes(0, true, (at, hash) -> lines.add(new Line(at, hash)));
    int count = count(extent);
    for (int i = 0; i < count; i++) {
      long at = at(i, extent);
      byte[] block = content.bytes(at, length(i, extent));
      blocks.add(LineHashes.hash(block));
      if (isWhole(extent)) {
        whole.read(block);
      } else {
        lines.addAll(sample(block, at, i == count - 1));
      }
    }
    return new Fingerprint(extent, blocks, isWhole(extent) ? spread(lines) : lines);
  }

  /** Some lines of a block: of the first and the last several, of others one. */
  private static List<Line> sample(byte[] block, long at, boolean last) {
    List<Line> lines = new ArrayList<>();
    new LineHashes(at, at == 0, (start, hash) -> lines.add(new Line(start, hash))).read(block);
    int from = last ? Math.max(0, lines.size() - EDGE_LINES) : 0;
    int to = last ? lines.size() : Math.min(lines.size(), at == 0 ? EDGE_LINES : 1);
    return lines.subList(from, to);
  }

  /** The first and the last lines, and some of those between. */
  private static List<Line> spread(List<Line> lines) {
    if (lines.size() <= LINES) {
      return lines;
    }
    List<Line> kept = new ArrayList<>(lines.subList(0, EDGE_LINES));
    int between = lines.size() - 2 * EDGE_LINES;
    int wanted = LINES - 2 * EDGE_LINES;
    for (int i = 0; i < wanted; i++) {
      kept.add(lines.get(EDGE_LINES + (int) ((long) i * between / wanted)));
    }
    kept.addAll(lines.subList(lines.size() - EDGE_LINES, lines.size()));
    return kept;
  }

  private static boolean isWhole(long extent) {
    return extent <= (long) BLOCKS * BLOCK_BYTES;
  }

  private static int count(long extent) {
    return (int) Math.min(BLOCKS, (extent + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  private static long at(int block, long extent) {
    if (isWhole(extent)) {
      return (long) block * BLOCK_BYTES;
    }
    long last = extent - BLOCK_BYTES;
    return block == BLOCKS - 1 ? last : last / (BLOCKS - 1) * block;
  }

  private static int length(int block, long extent) {
    return (int) Math.min(BLOCK_BYTES, extent - at(block, extent));
  }

  /** The byte near which the content differs first; -1 where no sample does. */
  long firstDifference(Content content) throws IOException {
    for (int i = 0; i < blocks.size(); i++) {
      long at = at(i, extent);
      if (LineHashes.hash(content.bytes(at, length(i, extent))) != blocks.get(i)) {
        return changedLine(content, at);
      }
    }
    return -1;
  }

  /** The first line in or around a block that is another one now, or else where it starts. */
  private long changedLine(Content content, long block) throws IOException {
    for (Line line : lines) {
      if (line.at() > block - BLOCK_BYTES && line.at() < block + BLOCK_BYTES) {
        List<Long> now = new ArrayList<>();
        LineHashes hashes = new LineHashes(line.at(), true, (at, hash) -> now.add(hash));
        hashes.read(content.bytes(line.at(), BLOCK_BYTES));
        hashes.endLine();
        if (now.isEmpty() || now.getFirst() != line.hash()) {
          return line.at();
        }
      }
    }
    return block;
  }

  /** Whether so many of the lines are still in the content that it is the same file, edited. */
  boolean isMostlyIn(Content content) throws IOException {
    Set<Long> wanted = hashes(lines);
    Set<Long> last = hashes(lines.subList(Math.max(0, lines.size() - EDGE_LINES), lines.size()));
    Set<Long> found = new HashSet<>();
    scan(
        content,
        (at, hash) -> {
          if (wanted.contains(hash)) {
            found.add(hash);
          }
        });
    boolean hasEnd = last.size() >= EDGE_LINES / 2 && found.containsAll(last);
    return hasEnd || (!found.isEmpty() && found.size() * 2 >= wanted.size());
  }

  /**
   * Whether the content ends before the extent, and all lines of which samples lie before its end
   * are in their places: what follows was cut off, or the file is an older one that was restored.
   */
  boolean isCutShortIn(Content content) throws IOException {
    if (content.bytes(extent - 1, 1).length > 0
        || content.bytes(0, SURE_BYTES).length < SURE_BYTES) {
      return false;
    }
    Map<Long, Long> now = new HashMap<>();
    Set<Long> wanted = new HashSet<>();
    lines.forEach(line -> wanted.add(line.at()));
    long[] lastLine = {0};
    scan(
        content,
        (at, hash) -> {
          lastLine[0] = at;
          if (wanted.contains(at)) {
            now.put(at, hash);
          }
        });
    // The cut may go through the last line.
    List<Line> before = lines.stream().filter(line -> line.at() < lastLine[0]).toList();
    return !before.isEmpty()
        && before.stream().allMatch(line -> Objects.equals(now.get(line.at()), line.hash()));
  }

  private static Set<Long> hashes(List<Line> lines) {
    Set<Long> hashes = new HashSet<>();
    lines.forEach(line -> hashes.add(line.hash()));
    return hashes;
  }

  /** Where the last line ends in the content now; -1 where it is not there any more. */
  long endOfLastLine(Content content) throws IOException {
    if (lines.isEmpty() || (!isWhole(extent) && lines.getLast().at() < extent - BLOCK_BYTES)) {
      return -1;
    }
    Line last = lines.getLast();
    long[] start = {-1};
    scan(
        content,
        (at, hash) -> {
          boolean nearer = Math.abs(at - last.at()) < Math.abs(start[0] - last.at());
          if (hash == last.hash() && (start[0] < 0 || nearer)) {
            start[0] = at;
          }
        });
    return start[0] < 0 ? -1 : lineEnd(content, start[0]);
  }

  private static long lineEnd(Content content, long from) throws IOException {
    long at = from;
    byte[] bytes = content.bytes(at, BLOCK_BYTES);
    while (bytes.length > 0) {
      for (byte b : bytes) {
        at++;
        if (b == '\n') {
          return at;
        }
      }
      bytes = content.bytes(at, BLOCK_BYTES);
    }
    return at;
  }

  private void scan(Content content, LineHashes.Lines out) throws IOException {
    LineHashes hashes = new LineHashes(0, true, out);
    long at = 0;
    byte[] bytes = content.bytes(0, SCAN_BYTES);
    while (bytes.length > 0 && at < extent + SHIFT_BYTES) {
      hashes.read(bytes);
      at += bytes.length;
      bytes = content.bytes(at, SCAN_BYTES);
    }
    hashes.endLine();
  }
}
