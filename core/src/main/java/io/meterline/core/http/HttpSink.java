package io.meterline.core.http;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.Quarantine;
import io.meterline.core.Secret;
import io.meterline.core.delivery.BodyAnswer;
import io.meterline.core.delivery.Isolation;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.delivery.RefusedException;
import io.meterline.core.retry.Retries;
import io.meterline.core.retry.TimeLeft;
import io.meterline.core.retry.TryAgainException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts records to a receiver as the ingest contract has it.
 *
 * <p>A batch that is delivered again is posted again, byte for byte: the receiver drops records
 * that equal one that it has. A record that it refuses goes to quarantine, its neighbours are
 * delivered. An answer that is not about a record (a refused key, a wrong path) fails the batch.
 */
public final class HttpSink implements MeterSink {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Whoever speaks TLS has usually answered by then. */
  private static final Duration DOUBT = Duration.ofSeconds(2);

  private final HttpReceiver receiver;
  private final Retries retries;
  private final Isolation isolation;
  private final HttpClient client;

  /** Whether the receiver has answered before, and so speaks what the URL says. */
  private volatile boolean hasAnswered;

  /**
   * @param refusals what happens to a batch of which nothing is accepted
   */
  public HttpSink(
      HttpReceiver receiver, Quarantine quarantine, Retries retries, RefusalPolicy refusals) {
    this.receiver = requireNonNull(receiver, "receiver is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.isolation = new Isolation(receiver.name(), this::send, quarantine, refusals);
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
    return isolation.deliver(batch, receiver.bounds());
  }

  private BodyAnswer send(BatchPart part) throws IOException {
    HttpRequest request = request(part);
    ReceiverResponse answer = retries.call(() -> post(request, part.count()));
    String status = "answers " + answer.status();
    return switch (answer.verdict()) {
      case ACCEPTED -> accepted(answer, part.count());
      case REFUSED -> refused(answer, part.count());
      case TOO_LARGE -> new BodyAnswer.TooLarge(status, quote(answer));
      case KEY_REFUSED ->
          throw wrongSetting(
              answer,
              "the key in X-API-KEY is "
                  + (receiver.apiKey().isPresent() ? "refused" : "missing: set METERLINE_API_KEY"));
      case WRONG_SETTING ->
          throw wrongSetting(
              answer,
              answer.isForTls()
                  ? "this port speaks TLS: the URL must start with https://"
                  : answer.isPage()
                      ? "a web page or XML, such as a login page or the error of a proxy: check the URL; no record counts as accepted"
                      : "no record is accepted here; check the URL and the account"
                          + withoutKey(answer.otherPlace()));
      case NOT_NOW -> throw new IllegalStateException("was to be tried again");
    };
  }

  private BodyAnswer accepted(ReceiverResponse answer, int sent) throws IOException {
    try {
      return RecordAnswers.read(answer, sent)
          .map(verdicts -> perRecord(answer, verdicts))
          .orElseGet(BodyAnswer.Accepted::new);
    } catch (BrokenAnswer e) {
      throw new IOException(
          "%s: answers %d, but its answer for each record can't be used: %s; the batch must be delivered again"
              .formatted(receiver.name(), answer.status(), e.getMessage()),
          e);
    }
  }

  /** A refusal names records, or it is one of the body. */
  private BodyAnswer refused(ReceiverResponse answer, int sent) {
    Optional<RecordAnswers.Verdicts> named;
    try {
      named = RecordAnswers.read(answer, sent).filter(verdicts -> !verdicts.refused().isEmpty());
    } catch (BrokenAnswer e) {
      named = Optional.empty();
    }
    return named
        .map(verdicts -> perRecord(answer, verdicts))
        .orElseGet(() -> new BodyAnswer.Refused("answers " + answer.status(), quote(answer)));
  }

  /** Where no status is one of the contract, this is likely no receiver of meter records. */
  private BodyAnswer perRecord(ReceiverResponse answer, RecordAnswers.Verdicts verdicts) {
    if (verdicts.isUnderstood()) {
      return new BodyAnswer.PerRecord(withoutKey(verdicts.refused()));
    }
    return new BodyAnswer.Refused(
        "answers %d, with no status that is stored, duplicate, conflict or refused"
            .formatted(answer.status()),
        quote(answer));
  }

  private RefusedException wrongSetting(ReceiverResponse answer, String meaning) {
    return new RefusedException(
        "%s: answers %d".formatted(receiver.name(), answer.status()), quote(answer), meaning);
  }

  private HttpRequest request(BatchPart part) {
    BodyFormat format = receiver.format();
    boolean lines = format == BodyFormat.NDJSON || format == BodyFormat.NDJSON_GZ;
    ByteBuffer body = format.body(part);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver.url())
            // Answers are read as they are.
            .header("Accept-Encoding", "identity")
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
  private ReceiverResponse post(HttpRequest request, int sent) throws IOException {
    ReceiverResponse answer = exchange(request, RecordAnswers.maxBytes(sent));
    if (answer.verdict() == ReceiverResponse.Verdict.NOT_NOW) {
      throw new TryAgainException(
          "%s: answers %d".formatted(receiver.name(), answer.status()), answer.retryAfter(), null);
    }
    return answer;
  }

  private ReceiverResponse exchange(HttpRequest request, int maxAnswerBytes) throws IOException {
    var head = new ReceiverResponse.Head(maxAnswerBytes);
    Duration patience = TimeLeft.atMost(receiver.timeout());
    // The client's own timeout ends with the answer's header; this one holds for all of it.
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.ofByteArrayConsumer(head));
    try {
      HttpResponse<Void> whole = await(response, patience);
      hasAnswered = true;
      return head.answer(whole.statusCode(), whole.headers());
    } catch (ExecutionException e) {
      throw BrokenExchange.of(receiver.name(), e.getCause());
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

  private <T> T await(CompletableFuture<T> response, Duration patience)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    boolean isDoubtful = receiver.isTls() && !hasAnswered && patience.compareTo(DOUBT) > 0;
    if (isDoubtful) {
      try {
        return response.get(DOUBT.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (PlainHttp.isSpokenAt(receiver.url())) {
          response.cancel(true);
          throw BrokenExchange.plainHttp(receiver.name(), e);
        }
      }
    }
    return response.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private TryAgainException tryAgain(String reason, Exception cause) {
    return new TryAgainException(receiver.name() + ": " + reason, cause);
  }

  /** What a receiver says may quote anything, also the key. */
  private String quote(ReceiverResponse answer) {
    return answer.quote(this::withoutKey);
  }

  private SortedMap<Integer, String> withoutKey(SortedMap<Integer, String> details) {
    details.replaceAll((position, detail) -> withoutKey(detail));
    return details;
  }

  private String withoutKey(String text) {
    return receiver.apiKey().map(key -> key.replacedIn(text, "(key)")).orElse(text);
  }
}
