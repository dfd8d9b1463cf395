package io.meterline.benchmarks.extraction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes an event to a file: {@code EventFile OUT SHAPE}. */
final class EventFile {
  private EventFile() {}

  public static void main(String[] arguments) throws IOException {
    try {
      Files.write(Path.of(arguments[0]), SampleEvent.of(EventShape.named(arguments[1])));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(2);
    }
  }
}
