package io.meterline.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs the usual commands once for the JVM to watch, when the launcher makes its cache of loaded
 * and linked classes (-XX:AOTCacheOutput). What they print goes nowhere.
 */
final class Training {
  private Training() {}

  /** Each argument is one command line, its words parted by spaces. */
  public static void main(String[] commandLines) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    for (String commandLine : commandLines) {
      Meterline.commandLine(false).execute(commandLine.split(" "));
    }
  }
}
