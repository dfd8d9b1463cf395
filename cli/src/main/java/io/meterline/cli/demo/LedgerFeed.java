package io.meterline.cli.demo;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LoadListener;
import io.meterline.ledger.http.LedgerServer;
import io.meterline.ledger.place.Folder;
import java.io.IOException;
import java.net.URI;

/** The ledger behind the bucket: loads what arrives, and serves it. */
final class LedgerFeed implements AutoCloseable {
  private final Ledger ledger;
  private final LedgerServer server;
  private final LedgerServer ingest;
  private final Folder bucket;

  private LedgerFeed(Ledger ledger, LedgerServer server, LedgerServer ingest, Folder bucket) {
    this.ledger = ledger;
    this.server = server;
    this.ingest = ingest;
    this.bucket = bucket;
  }

  static LedgerFeed start(DemoFolder folder) throws IOException {
    Ledger ledger = Ledger.open(folder.ledger(), LedgerSettings.DEFAULT);
    try {
      LedgerServer server = LedgerServer.start(ledger, Loopback.address(0), "");
      // The page is for whoever sits here; senders need the key, as they do elsewhere.
      LedgerServer ingest =
          LedgerServer.start(ledger, Loopback.address(0), Receivers.API_KEY.reveal());
      return new LedgerFeed(ledger, server, ingest, new Folder(folder.bucket()));
    } catch (IOException e) {
      ledger.close();
      throw e;
    }
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.port());
  }

  /** Where it accepts records. */
  URI ingestUrl() {
    return URI.create("http://127.0.0.1:%d/api/ingest".formatted(ingest.port()));
  }

  void load() throws IOException {
    ledger.load(bucket, LoadListener.NONE);
  }

  /** How many records it has, each counted once. */
  long records() throws IOException {
    return ledger.status().rows();
  }

  @Override
  public void close() throws IOException {
    ingest.close();
    server.close();
    ledger.close();
  }
}
