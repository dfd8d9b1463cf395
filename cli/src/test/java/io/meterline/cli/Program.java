package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The program as a process of its own, as a shell starts it, in a folder of its own. */
final class Program {
  private final Path home;
  private final List<String> javaOptions = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  Program(Path home, String... javaOptions) {
    this.home = home;
    this.javaOptions.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // As the jar's manifest says.
    this.javaOptions.add("--enable-native-access=ALL-UNNAMED");
    this.javaOptions.addAll(List.of(javaOptions));
  }

  /** As it is, with more in its environment. */
  Program with(Map<String, String> more) {
    environment.putAll(more);
    return this;
  }

  /** Runs it to its end with nothing on standard input. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return run(new byte[0], arguments);
  }

  Ended run(byte[] input, String... arguments) throws IOException, InterruptedException {
    Path standardInput = Files.write(Files.createTempFile(home, ".in", ""), input);
    return end(start(standardInput.toFile(), null, arguments));
  }

  /** Runs it with its standard output going to a file or device. */
  Ended runInto(File output, String... arguments) throws IOException, InterruptedException {
    return end(start(null, output, arguments));
  }

  /** Starts it; what it prints on standard output is there to be read by the test. */
  Process start(String... arguments) throws IOException {
    return command(arguments)
        .redirectError(home.resolve(".err").toFile())
        .redirectInput(new File("/dev/null"))
        .start();
  }

  /** Starts it with its standard input, output and error in the hands of the test. */
  Process startPiped(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = command(arguments);
    // What runs in the background ignores Ctrl-C, and so does all that it starts.
    List<String> heedsCtrlC = List.of("env", "--default-signal=INT");
    if (new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0) {
      builder.command().addAll(0, heedsCtrlC);
    }
    return builder.start();
  }

  /** Starts it; what it prints, on either, is there to be read by the test. */
  Process startTogether(String... arguments) throws IOException {
    return command(arguments)
        .redirectErrorStream(true)
        .redirectInput(new File("/dev/null"))
        .start();
  }

  /** What a process that was started and has ended printed on standard error. */
  String words() throws IOException {
    return Files.readString(home.resolve(".err"));
  }

  private Process start(@Nullable File input, @Nullable File output, String... arguments)
      throws IOException {
    ProcessBuilder builder = command(arguments);
    builder.redirectInput(input == null ? new File("/dev/null") : input);
    builder.redirectOutput(output == null ? home.resolve(".out").toFile() : output);
    builder.redirectError(home.resolve(".err").toFile());
    Files.write(home.resolve(".out"), new byte[0]);
    return builder.start();
  }

  private Ended end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(2, MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the program does not end");
    }
    return new Ended(
        process.exitValue(),
        Files.readAllLines(home.resolve(".out"), UTF_8),
        Files.readAllLines(home.resolve(".err"), UTF_8));
  }

  private ProcessBuilder command(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(property("java.home"), "bin", "java").toString());
    words.addAll(javaOptions);
    words.addAll(List.of("-cp", property("java.class.path"), Meterline.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    builder.environment().remove("METERLINE_DEBUG");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    return builder;
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  /** What came of it: exit code, and the lines on standard output and standard error. */
  record Ended(int code, List<String> out, List<String> err) {
    /** The last line of standard error, which tells the counts. */
    String counts() {
      return err.isEmpty() ? "" : err.getLast();
    }
  }
}
