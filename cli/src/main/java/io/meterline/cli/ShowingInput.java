package io.meterline.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input that has something shown before a read that may wait. */
final class ShowingInput extends FilterInputStream {
  private final Runnable show;

  ShowingInput(InputStream in, Runnable show) {
    super(in);
    this.show = show;
  }

  @Override
  public int read() throws IOException {
    show.run();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    show.run();
    return in.read(bytes, from, length);
  }
}
