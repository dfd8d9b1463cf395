package io.meterline.benchmarks.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A contender in a JVM of its own, which stays warm between its rounds. */
final class JavaCompetitor implements Competitor {
  /** The same for all: enough memory, and a collector that leaves the other core alone. */
  private static final String[] OPTIONS = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"};

  private final String name;
  private final Runs runs;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  JavaCompetitor(String name, Path event, Runs runs) throws IOException {
    this.name = name;
    this.runs = runs;
    ProcessBuilder command = new ProcessBuilder();
    command.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.command().addAll(java.util.List.of(OPTIONS));
    command.command().add("-cp");
    command.command().add(System.getProperty("java.class.path"));
    command.command().add(Runner.class.getName());
    command.command().add(name);
    command.command().add(event.toString());
    process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.outputWriter(UTF_8);
    out = process.inputReader(UTF_8);
    run(runs.toWarmUp());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Round round() throws IOException {
    return run(runs.ofRound());
  }

  private Round run(int times) throws IOException {
    in.write(times + "\n");
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException(name + " has ended");
    }
    String[] words = line.split(" ", -1);
    return new Round(
        Double.parseDouble(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  @Override
  public void close() throws IOException {
    in.close();
    process.destroy();
  }
}
