package io.meterline.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A program that is run to its end. */
final class Command {
  private final List<String> words;
  private final Path folder;

  Command(Path folder, String... words) {
    this.folder = folder;
    this.words = Arrays.asList(words);
  }

  /** The same with more words after. */
  Command with(String... more) {
    return new Command(
        folder, Stream.concat(words.stream(), Arrays.stream(more)).toArray(String[]::new));
  }

  /**
   * Runs it; returns what it wrote to standard output.
   *
   * @throws IOException where it fails, with what it wrote
   */
  String run(String input) throws IOException {
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = process.outputWriter(UTF_8)) {
      in.write(input);
    }
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + " failed: " + out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted at " + words);
    }
    return out;
  }
}
