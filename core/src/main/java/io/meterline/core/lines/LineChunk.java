package io.meterline.core.lines;

import io.meterline.core.event.LineEnds;
import io.meterline.core.event.Window;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A stretch of a file whose lines are read by themselves, and what each step of that found.
 *
 * <p>It starts and ends near where it is told to, at the start of a line: with a marker, if there
 * is such a line nearby, since hardly a record goes on beyond that. Whoever reads the stretch
 * before it or after it finds the same place.
 */
public final class LineChunk {
  /** What {@link #lineStart} tells where no line starts nearby. */
  private static final int NONE = -1;

  private final Extractor extractor;
  private final LineContext context;
  private final int length;
  private final int nearby;
  private final byte[] bytes;
  private final Findings found = new Findings();
  private final BlockProgress steps = new BlockProgress();
  private long offset;
  private long start;
  private int handedOver;
  private boolean whole;
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

  public LineChunk(Extractor extractor, LineContext context, int length) {
    this.extractor = extractor;
    this.context = context;
    this.length = length;
    this.nearby = nearby(length);
    this.bytes = new byte[length + nearby];
  }

  /** How far after the place where a block is to end its end is looked for. */
  static int nearby(int length) {
    return length / 16;
  }

  /** Has the block read that starts near {@code from}, or right there where a line is known to. */
  void read(FileChannel file, long from, boolean lineStartsThere, Executor reader) {
    reading = CompletableFuture.runAsync(() -> read(file, from, lineStartsThere), reader);
  }

  private void read(FileChannel file, long from, boolean lineStartsThere) {
    offset = from;
    steps.clear();
    found.clear();
    handedOver = 0;
    whole = false;
    try {
      if (!isFilled(file)) {
        return;
      }
      int first = lineStartsThere ? 0 : lineStart(0);
      int end = lineStart(length);
      if (first == NONE || end == NONE) {
        return;
      }
      start = offset + first;
      whole = extract(new Window(bytes, first, end, offset));
    } catch (IOException e) {
      // Whoever reads there line by line meets it in its turn.
      steps.clear();
    }
  }

  private boolean isFilled(FileChannel file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private int lineStart(int near) {
    int to = near + nearby;
    int lineEnd = LineEnds.next(bytes, near, to);
    if (lineEnd == to) {
      return NONE;
    }
    Markers markers = extractor.markers();
    int lineStart = Math.max(lineEnd + 1, markers.find(bytes, lineEnd + 1, to));
    while (bytes[lineStart - 1] != '\n') {
      lineStart--;
    }
    return lineStart;
  }

  /** Tells whether the block does not end inside a record. */
  private boolean extract(Window lineWindow) throws IOException {
    LineSource lines = new LineSource(lineWindow, extractor, context);
    long before = found.events();
    while (!lines.isAtUnfinishedEnd() && lines.next(found)) {
      steps.add(
          found.records().count(),
          found.entries().size(),
          found.events() - before,
          lines.offset() - start,
          found.takeNewest());
    }
    if (lines.isAtUnfinishedEnd()) {
      // The line in which a record starts that continues after the block.
      steps.truncate(steps.count() - 1);
      return false;
    }
    return true;
  }

  void await() {
    reading.join();
  }

  /** Whether its steps go to its end, where the next block starts. */
  boolean isWhole() {
    return whole;
  }

  boolean isHandedOver() {
    return handedOver == steps.count();
  }

  /** Adds what the next step found; returns the offset after it. */
  long handOver(Findings out) {
    int before = handedOver;
    int now = ++handedOver;
    out.countEvents(steps.lines(now) - steps.lines(before));
    if (steps.records(now) > steps.records(before)) {
      out.add(found.records(), steps.records(before), steps.records(now), steps.newest(before));
    }
    for (int i = steps.refusals(before); i < steps.refusals(now); i++) {
      out.refuse(found.entries().get(i));
    }
    return start + steps.bytes(now);
  }
}
