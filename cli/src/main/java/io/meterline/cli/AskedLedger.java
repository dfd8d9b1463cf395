package io.meterline.cli;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerQuestions;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.http.LedgerClient;
import io.meterline.ledger.http.ServingFile;
import io.meterline.ledger.store.LedgerInUse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ledger that a command asks: its file, or the server that has it open. */
final class AskedLedger {
  private static final String TOKEN = "METERLINE_TOKEN";

  private final Map<String, String> environment;

  @Option(
      names = "--ledger",
      required = true,
      paramLabel = "FILE|URL",
      description = {
        "The ledger's file, or the address of its server, such as " + "http://localhost:8080.",
        "While 'meterline serve' has the file open, the command queries the server."
      })
  private String ledger = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token that the server asks for. Default: that in " + TOKEN + ".")
  private @Nullable Path tokenFile;

  AskedLedger(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Opens a ledger that is there. */
  LedgerQuestions open() throws IOException {
    if (!LedgerOption.isAddress(ledger) && !Files.exists(Path.of(ledger))) {
      throw new NoSuchFileException(ledger);
    }
    return openOrMake();
  }

  /** Opens the ledger, or makes a new one. */
  LedgerQuestions openOrMake() throws IOException {
    if (LedgerOption.isAddress(ledger)) {
      return new LedgerClient(URI.create(ledger), token());
    }
    Path file = Path.of(ledger);
    try {
      return Ledger.open(file, LedgerSettings.DEFAULT);
    } catch (LedgerInUse e) {
      Optional<ServingFile> serving = ServingFile.ofRunning(file);
      if (serving.isEmpty()) {
        throw e;
      }
      return new LedgerClient(serving.get().address(), token());
    }
  }

  private String token() throws IOException {
    if (tokenFile == null) {
      return environment.getOrDefault(TOKEN, "").strip();
    }
    return TokenFile.read(tokenFile);
  }
}
