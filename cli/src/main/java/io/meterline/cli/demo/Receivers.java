package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.Secret;
import io.meterline.core.folder.AtomicFiles;
import io.meterline.core.folder.FolderSink;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;

/** The receiving end: the ingest bucket, the ledger's ingest over HTTP, and a queue. */
final class Receivers implements AutoCloseable {
  static final Secret API_KEY = new Secret("demo-key");

  private final FirstFailure trouble;
  private final DemoFolder folder;
  private final MeterSink bucket;
  private final AtomicFiles refusals = new AtomicFiles();
  private final IngestFront front;
  private final Loopback http;
  private final FifoQueue queue;
  private final Loopback sqs;

  private Receivers(DemoFolder folder, URI ledger, Chaos chaos, FirstFailure trouble)
      throws IOException {
    this.trouble = trouble;
    this.folder = folder;
    this.bucket = trouble.watch(new FolderSink(folder.bucket(), ObjectLayout.CONTRACT));
    Ingest ingest = new Ingest(bucket);
    this.front = new IngestFront(ledger, ingest, chaos);
    this.http = Loopback.start(0, front);
    this.queue = FifoQueue.start(ingest, this::refused, InstantSource.system());
    this.sqs = Loopback.start(0, new QueueHandler(queue, chaos));
  }

  /**
   * Starts them.
   *
   * @param ledger where the ledger accepts records
   */
  static Receivers start(DemoFolder folder, URI ledger, Chaos chaos, FirstFailure trouble)
      throws IOException {
    return new Receivers(folder, ledger, chaos, trouble);
  }

  MeterSink bucket() {
    return bucket;
  }

  URI ingestUrl() {
    return URI.create(http.url("/ingest"));
  }

  URI sqsEndpoint() {
    return URI.create(sqs.url(""));
  }

  URI queueUrl() {
    return URI.create(sqs.url("/123456789012/meter-records.fifo"));
  }

  /** Nobody waits for an answer to a message: what was refused is reported in the bucket. */
  private void refused(String body, String why) {
    String name = Texts.digest(body);
    try {
      refusals.writeIfAbsent(
          folder.bucket().resolve("failed-requests/" + name), UTF_8.encode(why + "\n" + body));
    } catch (IOException e) {
      trouble.report(e);
    }
  }

  @Override
  public void close() {
    sqs.close();
    queue.close();
    http.close();
    front.close();
  }
}
