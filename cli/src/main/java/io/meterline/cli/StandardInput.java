package io.meterline.cli;

import io.meterline.core.Origin;
import io.meterline.core.lines.LineContext;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/** Standard input as a source of lines: each run of the program reads another one. */
final class StandardInput {
  static final String ARGUMENT = "-";

  private static final int WORD_BYTES = 16;

  private StandardInput() {}

  static InputStream open() {
    return new FileInputStream(FileDescriptor.in);
  }

  /** What a person calls the input that {@code argument} names. */
  static String nameOf(String argument) {
    return argument.equals(ARGUMENT) ? "standard input" : argument;
  }

  /** A word that no other run has. */
  static String name() {
    byte[] word = new byte[WORD_BYTES];
    new SecureRandom().nextBytes(word);
    return HexFormat.of().formatHex(word);
  }

  static LineContext context(Origin origin, String name) {
    return new LineContext(origin, name, InstantSource.system());
  }
}
