package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.http.ServingFile;
import io.meterline.ledger.store.LedgerException;
import io.meterline.ledger.store.LedgerInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The ledger whose file a command needs for itself. */
final class LedgerOption {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--ledger",
      required = true,
      paramLabel = "FILE",
      description = "The ledger's file.")
  private String ledger = "";

  static boolean isAddress(String ledger) {
    return ledger.startsWith("http://") || ledger.startsWith("https://");
  }

  /** The file, whether it is there or not. */
  Path path() {
    if (isAddress(ledger)) {
      throw new ParameterException(
          spec.commandLine(),
          "--ledger: '%s' is a server's address, and '%s' needs the ledger's file: run it where the file is"
              .formatted(ledger, spec.qualifiedName()));
    }
    return Path.of(ledger);
  }

  Path file() throws IOException {
    if (!Files.exists(path())) {
      throw new NoSuchFileException(ledger);
    }
    return path();
  }

  /** Opens the ledger, or makes a new one. */
  Ledger openOrMake() throws IOException {
    try {
      return Ledger.open(path(), LedgerSettings.DEFAULT);
    } catch (LedgerInUse e) {
      throw explained(e);
    }
  }

  /** Where the ledger is served, the server's address helps on. */
  LedgerException explained(LedgerInUse inUse) throws IOException {
    Optional<ServingFile> serving = ServingFile.ofRunning(path());
    if (serving.isEmpty()) {
      return inUse;
    }
    return new LedgerException(
        "%s: process %d serves this ledger at %s: end it first; 'meterline serve --load PLACE' loads objects while it serves"
            .formatted(ledger, serving.get().process(), serving.get().address()),
        inUse);
  }
}
