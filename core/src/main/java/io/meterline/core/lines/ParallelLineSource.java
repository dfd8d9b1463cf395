package io.meterline.core.lines;

import io.meterline.core.event.Source;
import io.meterline.core.event.Window;
import io.meterline.core.find.Findings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, which several threads read, block by block; what they find comes in the
 * order of the lines and in the steps in which one thread would have found it.
 *
 * <p>A record may continue after its block. Then what was read after the start of its line counts
 * for nothing, and is read again by one thread; and so is what fills no block.
 */
public final class ParallelLineSource implements Source {
  /** How many bytes a block has: with what is found in it, it fits into a core's cache. */
  public static final int BLOCK_BYTES = 256 * 1024;

  /** So many blocks are read ahead for each thread, while what was found before is delivered. */
  private static final int AHEAD = 4;

  private final FileChannel file;
  private final Window window;
  private final LineSource oneByOne;
  private final Supplier<LineChunk> newBlock;
  private final int threads;
  private final int blockBytes;
  private final LongConsumer progress;
  private final Deque<LineChunk> underWay = new ArrayDeque<>();
  private final Deque<LineChunk> free = new ArrayDeque<>();
  private @Nullable ExecutorService readers;
  private @Nullable LineChunk block;

  /** Whether the window is left behind, since blocks are read. */
  private boolean ahead;

  private boolean bounded;
  private long nextFrom;
  private long oneByOneTo;
  private long offset;

  /** Reads on where {@code oneByOne} would, whose window is the file's. */
  public ParallelLineSource(
      FileChannel file,
      Window window,
      LineSource oneByOne,
      Supplier<LineChunk> newBlock,
      int threads,
      int blockBytes,
      LongConsumer progress) {
    this.file = file;
    this.window = window;
    this.oneByOne = oneByOne;
    this.newBlock = newBlock;
    this.threads = threads;
    this.blockBytes = blockBytes;
    this.progress = progress;
  }

  @Override
  public boolean next(Findings out) throws IOException {
    if (block == null) {
      block = nextBlock();
    }
    if (block == null) {
      return nextOfOne(out);
    }
    offset = block.handOver(out);
    if (block.isHandedOver()) {
      leaveBlock();
    }
    return true;
  }

  private boolean nextOfOne(Findings out) throws IOException {
    if (ahead) {
      ahead = false;
      window.moveTo(offset, file);
    }
    boolean more = oneByOne.next(out);
    if (more) {
      offset = oneByOne.offset();
    }
    return more;
  }

  /** The next block in which something was found; null where lines are to be read one by one. */
  private @Nullable LineChunk nextBlock() throws IOException {
    readAhead();
    block = underWay.poll();
    if (block == null) {
      return null;
    }
    block.await();
    if (block.isHandedOver()) {
      leaveBlock();
    }
    return block;
  }

  private void readAhead() throws IOException {
    if (bounded || offset < oneByOneTo || oneByOne.isAtUnfinishedEnd()) {
      return;
    }
    if (underWay.isEmpty()) {
      nextFrom = offset;
    }
    long size = file.size();
    while (underWay.size() < AHEAD * threads
        && nextFrom + blockBytes + LineChunk.nearby(blockBytes) <= size) {
      LineChunk next = free.isEmpty() ? newBlock.get() : free.poll();
      next.read(file, nextFrom, nextFrom == offset, readers());
      underWay.add(next);
      nextFrom += blockBytes;
      ahead = true;
    }
    if (underWay.isEmpty()) {
      // What is left fills no block, unless the file grows by much.
      oneByOneTo = offset + blockBytes;
    }
  }

  /** Goes on after a block all of whose steps were handed over. */
  private void leaveBlock() {
    LineChunk left = block;
    if (left != null) {
      progress.accept(offset);
      if (!left.isWhole()) {
        giveUp();
      } else {
        free.add(left);
      }
    }
    block = null;
  }

  /** Leaves what was read ahead, and goes on line by line for a while: it may not pay here. */
  private void giveUp() {
    for (LineChunk later : underWay) {
      later.await();
    }
    free.addAll(underWay);
    underWay.clear();
    if (block != null) {
      free.add(block);
      block = null;
    }
    oneByOneTo = offset + (long) AHEAD * threads * blockBytes;
  }

  private ExecutorService readers() {
    if (readers == null) {
      readers =
          Executors.newFixedThreadPool(
              threads, Thread.ofPlatform().daemon().name("lines-", 1).factory());
    }
    return readers;
  }

  @Override
  public void skip(long bytes) throws IOException {
    oneByOne.skip(bytes);
    offset = oneByOne.offset();
  }

  @Override
  public void endAt(long bound) {
    giveUp();
    oneByOneTo = 0;
    bounded = bound != Long.MAX_VALUE;
    oneByOne.endAt(bound);
  }

  @Override
  public void mayGrow() {
    oneByOne.mayGrow();
  }

  @Override
  public boolean isAtUnfinishedEnd() {
    return !ahead && oneByOne.isAtUnfinishedEnd();
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void close() throws IOException {
    if (readers != null) {
      readers.close();
    }
    oneByOne.close();
  }
}
