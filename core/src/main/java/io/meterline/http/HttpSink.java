package io.meterline.http;

import static java.util.Objects.requireNonNull;

import io.meterline.Batch;
import io.meterline.BatchPart;
import io.meterline.BodyFormat;
import io.meterline.Delivery;
import io.meterline.MeterSink;
import io.meterline.Quarantine;
import io.meterline.Secret;
import io.meterline.retry.Halving;
import io.meterline.retry.RefusedException;
import io.meterline.retry.Retries;
import io.meterline.retry.TimeLeft;
import io.meterline.retry.TryAgainException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts records to a receiver as the ingest contract has it.
 *
 * <p>A batch that comes again is posted again, byte for byte: the receiver drops records that equal
 * one that it has. A record that it refuses goes to quarantine, its neighbours are delivered. An
 * answer that is not about a record (a refused key, a wrong path) fails the batch.
 */
public final class HttpSink implements MeterSink {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpReceiver receiver;
  private final Retries retries;
  private final Halving halving;
  private final HttpClient client;

  public HttpSink(HttpReceiver receiver, Quarantine quarantine, Retries retries) {
    this.receiver = requireNonNull(receiver, "receiver is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.halving = new Halving(this::send, quarantine);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A key that follows a redirect may end up anywhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  @Override
  public Delivery deliver(Batch batch) throws IOException {
    return halving.deliver(batch, receiver.bounds());
  }

  private void send(BatchPart part) throws IOException, RefusedException {
    HttpRequest request = request(part);
    Answer answer = retries.call(() -> post(request));
    switch (answer.verdict()) {
      case TAKEN -> {}
      case RECORD_REFUSED -> throw new RefusedException(describe(answer));
      case KEY_REFUSED ->
          throw new IOException(
              "%s: answers %d: the key in X-API-KEY is %s"
                  .formatted(
                      receiver.name(),
                      answer.status(),
                      receiver.apiKey().isPresent() ? "refused" : "missing"));
      case WRONG_ADDRESS ->
          throw new IOException(
              "%s: answers %d: this is not a place that takes records; look at the URL%s"
                  .formatted(receiver.name(), answer.status(), answer.otherPlace()));
      case NOT_NOW -> throw new IllegalStateException("was to be tried again");
    }
  }

  private HttpRequest request(BatchPart part) {
    BodyFormat format = receiver.format();
    boolean lines = format == BodyFormat.NDJSON || format == BodyFormat.NDJSON_GZ;
    ByteBuffer body = format.body(part);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver.url())
            .header("Content-Type", lines ? "application/x-ndjson" : "application/json")
            .POST(
                BodyPublishers.ofByteArray(
                    body.array(), body.arrayOffset() + body.position(), body.remaining()));
    if (format.isCompressed()) {
      request.header("Content-Encoding", "gzip");
    }
    receiver.apiKey().map(Secret::reveal).ifPresent(key -> request.header("X-API-KEY", key));
    return request.build();
  }

  /** Any answer but one that asks for another try. */
  private Answer post(HttpRequest request) throws IOException {
    Answer answer = exchange(request);
    if (answer.verdict() == Answer.Verdict.NOT_NOW) {
      throw new TryAgainException(
          "%s: answers %d".formatted(receiver.name(), answer.status()), answer.retryAfter(), null);
    }
    return answer;
  }

  private Answer exchange(HttpRequest request) throws IOException {
    var head = new Answer.Head();
    Duration patience = TimeLeft.atMost(receiver.timeout());
    // The client's own timeout ends with the answer's header; this one holds for all of it.
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.ofByteArrayConsumer(head));
    try {
      HttpResponse<Void> whole = response.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(whole.statusCode(), whole.headers(), head.text());
    } catch (ExecutionException e) {
      throw tryAgain(reason(e.getCause()), e);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw tryAgain("no answer in %.1f s".formatted(patience.toMillis() / 1e3), e);
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException(receiver.name() + ": interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private TryAgainException tryAgain(String reason, Exception cause) {
    return new TryAgainException(receiver.name() + ": " + reason, cause);
  }

  /** What a receiver says may quote anything, also the key. */
  private String describe(Answer answer) {
    String said = "answers %d: %s".formatted(answer.status(), answer.text());
    return receiver.apiKey().map(key -> said.replace(key.reveal(), "(key)")).orElse(said);
  }

  private static String reason(@Nullable Throwable failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
        ? "no connection"
        : "the connection broke";
  }
}
