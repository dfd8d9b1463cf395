package io.meterline.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the machine that a test needs; without one the test is skipped, as its user says. */
final class Program {
  private Program() {}

  /** Whether the PATH has it. */
  static boolean isThere(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** Skips the test without {@code name}; where {@code CI=true}, fails it. */
  static void require(String name) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere(name)).as("%s is on the PATH", name).isTrue();
    }
    skipWithout(name);
  }

  static void skipWithout(String name) {
    assumeTrue(isThere(name), name + " is not on the PATH: what it would run was not tested");
  }

  static Outcome run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** How a program ended, and all it said. */
  record Outcome(int exitCode, String output) {}
}
