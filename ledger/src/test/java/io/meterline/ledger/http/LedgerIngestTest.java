package io.meterline.ledger.http;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.testing.IngestContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's own server keeps the ingest contract. */
final class LedgerIngestTest extends IngestContract {
  @TempDir private Path folder;
  private Ledger ledger;
  private LedgerServer server;

  @BeforeEach
  void start() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    server =
        LedgerServer.start(
            ledger, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), key());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    ledger.close();
  }

  @Override
  protected URI url() {
    return URI.create("http://127.0.0.1:%d/api/ingest".formatted(server.port()));
  }

  @Override
  protected String key() {
    return "token-1";
  }
}
