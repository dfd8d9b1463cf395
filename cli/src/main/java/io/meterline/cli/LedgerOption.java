package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which ledger. */
final class LedgerOption {
  @Option(
      names = "--ledger",
      required = true,
      paramLabel = "FILE",
      description = "The ledger's file.")
  private Path file = Path.of("");

  Path file() throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }

  /** Opens a ledger that is there. */
  Ledger open() throws IOException {
    return Ledger.open(file(), LedgerSettings.DEFAULT);
  }

  /** Opens the ledger, or makes a new one. */
  Ledger openOrMake() throws IOException {
    return Ledger.open(file, LedgerSettings.DEFAULT);
  }
}
