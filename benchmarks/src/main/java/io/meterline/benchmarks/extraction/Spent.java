package io.meterline.benchmarks.extraction;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program took: seconds, and the most memory that was resident. */
record Spent(double seconds, long memory) {
  private static final int MILLIS_BETWEEN_LOOKS = 10;
  private static final String MOST_RESIDENT = "VmHWM:";

  /** Runs the program to its end, its standard output going to a file or device. */
  static Spent by(List<String> words, Path out) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long memory = 0;
    try {
      // It grows only, so that the last look tells what it was a moment before the end.
      while (!process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
        memory = Math.max(memory, resident(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted at " + words);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", words) + " failed: " + process.exitValue());
    }
    return new Spent(seconds, memory);
  }

  private static long resident(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(MOST_RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException | UncheckedIOException e) {
      // It ended meanwhile; or there is no such folder on this system.
      return 0;
    }
  }
}
