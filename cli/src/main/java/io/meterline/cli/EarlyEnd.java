package io.meterline.cli;

import java.io.PrintWriter;

/** Says what became of the work where the process is told to end before it is done (Ctrl-C). */
final class EarlyEnd implements AutoCloseable {
  private final Thread hook;

  EarlyEnd(PrintWriter words, String what) {
    // A bar that is being drawn is in the same line.
    String line = Boolean.getBoolean("meterline.stderr.terminal") ? System.lineSeparator() : "";
    hook = new Thread(() -> words.println(line + "meterline: " + what), "early-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The work is done. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has said so.
    }
  }
}
