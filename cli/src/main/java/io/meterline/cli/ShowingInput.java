package io.meterline.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input that has something shown before a read that may wait. */
final class ShowingInput extends FilterInputStream {
  private final Show show;

  /** Shows what was found so far. */
  @FunctionalInterface
  interface Show {
    void show() throws IOException;
  }

  ShowingInput(InputStream in, Show show) {
    super(in);
    this.show = show;
  }

  @Override
  public int read() throws IOException {
    show.show();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    show.show();
    return in.read(bytes, from, length);
  }
}
