package io.meterline.emitter;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A stream, which may be another at each line. */
final class StreamDestination implements Destination {
  private final Supplier<? extends OutputStream> stream;

  /** Not every stream keeps the writes of two threads apart. No monitor: it would pin a carrier. */
  private final ReentrantLock lock = new ReentrantLock();

  StreamDestination(Supplier<? extends OutputStream> stream) {
    this.stream = stream;
  }

  @Override
  public void accept(JsonLine line) {
    OutputStream out = stream.get();
    lock.lock();
    try {
      line.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the meter record could not be written: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
    // It never throws, and it does not tell which write went wrong: from then on, none is certain.
    if (out instanceof PrintStream print && print.checkError()) {
      throw new UncheckedIOException(
          "the meter record may be lost",
          new IOException("the print stream has failed (PrintStream.checkError)"));
    }
  }
}
