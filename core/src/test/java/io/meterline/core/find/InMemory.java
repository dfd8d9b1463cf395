package io.meterline.core.find;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads what is in memory, where reading can't fail. */
public final class InMemory {
  /** What is read. */
  @FunctionalInterface
  public interface Reading {
    void read() throws IOException;
  }

  private InMemory() {}

  public static void read(Reading reading) {
    try {
      reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be read", e);
    }
  }
}
