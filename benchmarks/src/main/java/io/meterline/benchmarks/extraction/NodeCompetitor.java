package io.meterline.benchmarks.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The agent in Node.js that is the baseline: a script that warms up and times itself. */
final class NodeCompetitor implements Competitor {
  private static final Pattern SAYS = Pattern.compile("records=(\\d+) median_ms=([0-9.]+)");

  /** The script starts anew in each round. */
  private static final int WARM_UP_SHARE = 20;

  private final Path script;
  private final Path event;
  private final Runs runs;

  NodeCompetitor(Path script, Path event, Runs runs) {
    this.script = script;
    this.event = event;
    this.runs = runs;
  }

  @Override
  public String name() {
    return "node";
  }

  /** Whether it can read the event at all; says so where it can't: not every shape is for it. */
  boolean manages() {
    try {
      // What it says of an event that is not for it is a stack trace.
      round(Redirect.DISCARD);
      return true;
    } catch (IOException e) {
      System.err.println("benchmarks: " + e.getMessage() + ": Node.js is left out");
      return false;
    }
  }

  @Override
  public Round round() throws IOException {
    return round(Redirect.INHERIT);
  }

  private Round round(Redirect errors) throws IOException {
    Process process =
        new ProcessBuilder(
                "node",
                script.toString(),
                event.toString(),
                Integer.toString(runs.toWarmUp() / WARM_UP_SHARE),
                Integer.toString(runs.ofRound()))
            .redirectError(errors)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted at " + script);
    }
    Matcher says = SAYS.matcher(out);
    if (!says.find()) {
      throw new IOException(script + (out.isBlank() ? " fails on the event" : " said: " + out));
    }
    return new Round(Double.parseDouble(says.group(2)), Long.parseLong(says.group(1)), -1);
  }

  @Override
  public void close() {
    // It ends by itself.
  }
}
