package io.meterline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The agent's HTTP client, on a wire that can be told to fail. */
final class FaultyHttp implements SdkHttpClient {
  private final SdkHttpClient wire =
      new JdkTransport(Duration.ofSeconds(5), Duration.ofSeconds(10));
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final List<SdkHttpRequest> requests = new ArrayList<>();
  private Predicate<String> isBroken = path -> false;

  /** What happens to a request. */
  sealed interface Fault {
    /** It is done. */
    record None() implements Fault {}

    /** It is answered with this, and never arrives. */
    record Answer(int status, String body) implements Fault {}

    /** It never arrives. */
    record LostRequest() implements Fault {}

    /** It arrives and is done; the answer is lost. */
    record LostAnswer() implements Fault {}

    /** An answer of S3's. */
    static Fault s3(int status, String code) {
      return new Answer(
          status,
          "<Error><Code>%s</Code><Message>key AKIASECRET %s</Message></Error>"
              .formatted(code, code));
    }
  }

  /** The next requests meet with these, one each. */
  synchronized FaultyHttp next(Fault... coming) {
    faults.addAll(List.of(coming));
    return this;
  }

  /** The next {@code times} requests meet with it. */
  synchronized FaultyHttp next(int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      faults.add(fault);
    }
    return this;
  }

  /** Nothing more is to happen to requests. */
  synchronized void forget() {
    faults.clear();
  }

  /** From now on requests whose path (or body) is so are answered with 500. */
  synchronized void breakDown(Predicate<String> pathOrBody) {
    isBroken = pathOrBody;
  }

  synchronized List<SdkHttpRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Fault fault = fault(request);
    ExecutableHttpRequest real = wire.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return switch (fault) {
          case Fault.Answer(int status, String body) -> answer(status, body);
          case Fault.LostRequest() -> throw new IOException("Connection reset");
          case Fault.LostAnswer() -> {
            HttpExecuteResponse lost = real.call();
            if (lost.responseBody().isPresent()) {
              lost.responseBody().get().close();
            }
            throw new IOException("Unexpected end of file from server");
          }
          case Fault.None() -> real.call();
        };
      }

      @Override
      public void abort() {
        real.abort();
      }
    };
  }

  private synchronized Fault fault(HttpExecuteRequest request) {
    requests.add(request.httpRequest());
    Fault fault = faults.poll();
    if (fault != null) {
      return fault;
    }
    if (isBroken.test(request.httpRequest().encodedPath()) || isBroken.test(body(request))) {
      return new Fault.Answer(500, "");
    }
    return new Fault.None();
  }

  private static String body(HttpExecuteRequest request) {
    return request
        .contentStreamProvider()
        .map(
            provider -> {
              try (var body = provider.newStream()) {
                return new String(body.readAllBytes(), UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .orElse("");
  }

  private static HttpExecuteResponse answer(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader(
                    "Content-Type", body.startsWith("{") ? "application/json" : "application/xml")
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  @Override
  public void close() {
    wire.close();
  }
}
