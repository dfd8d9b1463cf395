package io.meterline.aws;

import io.meterline.core.retry.TimeLeft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The JDK's HTTP client under the SDK's. Answers are read whole: those to what Meterline asks are
 * short.
 */
final class JdkTransport implements SdkHttpClient {
  /** A shorter body has left before a store can hang up on it. */
  private static final long EXPECT_FROM_BYTES = 256 * 1024;

  /** The client sets these itself, and lets nobody else do it. */
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "content-length", "connection", "expect", "transfer-encoding", "upgrade");

  private final HttpClient client;
  private final Duration timeout;

  /**
   * Whether the store is asked, before it is sent a long body, if it will read it. One that answers
   * early ("it is already there") and hangs up looks like a broken connection, so after one of
   * those it is asked; not before, as that costs a round trip, and some stores get it wrong.
   */
  private volatile boolean asks;

  JdkTransport(Duration connectTimeout, Duration timeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
    this.timeout = timeout;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Exchange(request);
  }

  @Override
  public String clientName() {
    return "Jdk";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static HttpRequest toJdk(HttpExecuteRequest execute, boolean expect) {
    SdkHttpRequest request = execute.httpRequest();
    long length = request.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
    HttpRequest.Builder jdk =
        HttpRequest.newBuilder(request.getUri())
            .method(request.method().name(), body(execute, length))
            .expectContinue(expect);
    request.forEachHeader(
        (name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> jdk.header(name, value));
          }
        });
    return jdk.build();
  }

  private boolean expects(HttpExecuteRequest request) {
    SdkHttpRequest head = request.httpRequest();
    return asks
        && head.firstMatchingHeader("Expect").isPresent()
        && head.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L)
            >= EXPECT_FROM_BYTES;
  }

  private static BodyPublisher body(HttpExecuteRequest request, long length) {
    return length == 0 || request.contentStreamProvider().isEmpty()
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(request.contentStreamProvider().get()::newStream), length);
  }

  /** One request and its answer. */
  private final class Exchange implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private volatile CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();

    Exchange(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      boolean expect = expects(request);
      HttpResponse<byte[]> whole = send(expect);
      if (whole.statusCode() < 200) {
        // The store said "continue" twice, and the JDK takes the second one for the answer.
        asks = false;
        whole = send(false);
      }
      return toSdk(whole);
    }

    private HttpResponse<byte[]> send(boolean expect) throws IOException {
      Duration patience = TimeLeft.atMost(timeout);
      answer = client.sendAsync(toJdk(request, expect), BodyHandlers.ofByteArray());
      try {
        return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        asks = true;
        throw new IOException(reason(e.getCause(), request.httpRequest()), e);
      } catch (TimeoutException e) {
        abort();
        // Perhaps it never says "continue".
        asks = asks && !expect;
        throw new HttpTimeoutException("no answer in %.1f s".formatted(patience.toMillis() / 1e3));
      } catch (InterruptedException e) {
        abort();
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted", e);
      }
    }

    @Override
    public void abort() {
      answer.cancel(true);
    }
  }

  /** A refused connection comes without a message. */
  private static String reason(@Nullable Throwable failure, SdkHttpRequest request) {
    String message = failure == null ? null : failure.getMessage();
    return message == null
        ? "no connection to %s port %d".formatted(request.host(), request.port())
        : message;
  }

  private static HttpExecuteResponse toSdk(HttpResponse<byte[]> answer) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(answer.statusCode());
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      response.putHeader(header.getKey(), header.getValue());
    }
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }
}
