package io.meterline.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * An object's bytes. The part that follows is fetched while one is read; a connection that breaks
 * costs no more than the part that it was fetching. For one thread.
 */
public final class S3ObjectStream extends InputStream {
  private final S3Reader reader;
  private final String key;
  private @Nullable FutureTask<S3Reader.Part> coming;
  private byte[] part = new byte[0];
  private int at;

  /** Where the part ends in the object. */
  private long end;

  private boolean isClosed;

  S3ObjectStream(S3Reader reader, String key) {
    this.reader = reader;
    this.key = key;
  }

  /** Starts to fetch the first part, before it is asked for. */
  public S3ObjectStream start() {
    if (coming == null && end == 0) {
      fetch(() -> reader.read(key, 0, null));
    }
    return this;
  }

  private void fetch(Callable<S3Reader.Part> request) {
    FutureTask<S3Reader.Part> task = new FutureTask<>(request);
    Thread.ofVirtual().name("fetch " + key).start(task);
    coming = task;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (isClosed) {
      throw new IOException(key + ": closed");
    }
    if (length == 0) {
      return 0;
    }
    start();
    while (at == part.length) {
      if (coming == null) {
        return -1;
      }
      take(coming);
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, target, from, count);
    at += count;
    return count;
  }

  private void take(FutureTask<S3Reader.Part> task) throws IOException {
    S3Reader.Part taken = result(task);
    part = taken.bytes();
    at = 0;
    end += part.length;
    coming = null;
    if (end < taken.objectBytes()) {
      if (part.length == 0) {
        throw new IOException(key + ": the store sends no more than " + end + " bytes");
      }
      long from = end;
      fetch(() -> reader.read(key, from, taken.eTag()));
    }
  }

  private S3Reader.Part result(FutureTask<S3Reader.Part> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("fetching " + key + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(key + ": interrupted");
    }
  }

  @Override
  public void close() {
    isClosed = true;
    if (coming != null) {
      coming.cancel(true);
    }
  }
}
