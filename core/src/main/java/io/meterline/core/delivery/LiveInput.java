package io.meterline.core.delivery;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An input that a thread of its own reads ahead: so its reader can work while nothing comes, and
 * can be told to stop while a read blocks.
 */
public final class LiveInput extends InputStream {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** So many chunks are read ahead. */
  private static final int AHEAD = 8;

  /** How long a writer that does not pause is read on after the stop. */
  private static final long MOST_NANOS_AFTER_STOP = TimeUnit.SECONDS.toNanos(1);

  /** Time for a chunk to get from the thread that has just read it to the reader. */
  private static final long HAND_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final Chunk NOTHING = new Chunk(new byte[0], null);

  private final InputStream in;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(AHEAD);
  private Idle idle = () -> Long.MAX_VALUE;
  private Chunk chunk = NOTHING;
  private int at;
  private volatile boolean stopping;
  private volatile long stopNanos;

  /** Bytes that were read; null at the end of the input, with what broke it, if anything did. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, and never compared.
  private record Chunk(byte @Nullable [] bytes, @Nullable IOException failure) {}

  /** What a reader does while nothing comes. */
  @FunctionalInterface
  public interface Idle {
    /** Does what is due; returns how many nanoseconds may pass before it must be asked again. */
    long work() throws IOException;
  }

  /** Starts to read {@code in}, which {@link #close} closes. */
  public LiveInput(InputStream in) {
    this.in = requireNonNull(in, "in is null");
    Thread.ofPlatform().daemon().name("input").start(this::readAhead);
  }

  /** Has the thread that reads do this while nothing comes. */
  public void whileIdle(Idle work) {
    idle = requireNonNull(work, "work is null");
  }

  /** Ends the input after what was read, and after what can be read without waiting for it. */
  public void stop() {
    stopNanos = System.nanoTime();
    stopping = true;
    // Wakes a reader that waits; one that does not has chunks left.
    boolean _ = chunks.offer(NOTHING);
  }

  private void readAhead() {
    try {
      while (!isStoppedLongAgo()) {
        byte[] bytes = new byte[CHUNK_BYTES];
        int read = in.read(bytes);
        if (read < 0) {
          break;
        }
        // A slow writer must not make each line hold a whole chunk.
        chunks.put(new Chunk(read == bytes.length ? bytes : Arrays.copyOf(bytes, read), null));
      }
      chunks.put(new Chunk(null, null));
    } catch (IOException e) {
      putFailure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void putFailure(IOException failure) {
    try {
      chunks.put(new Chunk(null, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStoppedLongAgo() {
    return stopping && System.nanoTime() - stopNanos > MOST_NANOS_AFTER_STOP;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] out, int from, int length) throws IOException {
    byte[] bytes = chunk.bytes();
    while (bytes != null && at == bytes.length && length > 0) {
      chunk = next();
      at = 0;
      bytes = chunk.bytes();
    }
    if (bytes == null) {
      if (chunk.failure() != null) {
        throw chunk.failure();
      }
      return -1;
    }
    int read = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, out, from, read);
    at += read;
    return read;
  }

  private Chunk next() throws IOException {
    Chunk next = chunks.poll();
    while (next == null) {
      if (stopping) {
        boolean more = canReadMore();
        next = await(HAND_OVER_NANOS);
        if (next == null && !more) {
          return new Chunk(null, null);
        }
      } else {
        next = await(idle.work());
      }
    }
    return next;
  }

  private @Nullable Chunk await(long nanos) throws IOException {
    try {
      return chunks.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for input");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private boolean canReadMore() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      // Not every device tells.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
