package io.meterline.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Delivery;
import io.meterline.core.ObjectLayout;
import io.meterline.core.Secret;
import io.meterline.core.retry.Retries;
import io.meterline.testing.Batches;
import io.meterline.testing.RecordedWaits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that do not read a body to its end, or not by the protocol. */
final class JdkTransportTest {
  private static final String THERE =
      "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  private static final String DONE = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Queue<String> heads = new ConcurrentLinkedQueue<>();
  private final RecordedWaits waits = new RecordedWaits();
  private ServerSocket store;

  @BeforeEach
  void listen() throws IOException {
    store = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aStoreThatAnswersEarlyAndHangsUpIsUnderstood() throws IOException {
    serve(
        connection -> {
          heads.add(head(connection.getInputStream()));
          if (last().contains("Expect: 100-Continue")) {
            connection.getOutputStream().write(THERE.getBytes(US_ASCII));
          } else {
            // Unread bytes make a reset of the end, and the answer is lost with it.
            connection.setSoLinger(true, 0);
          }
        });
    assertThat(sink().deliver(Batches.of(0, 60_000))).isEqualTo(new Delivery(0, 1));
    assertThat(heads).hasSize(2);
    assertThat(waits.waits()).hasSize(1);
  }

  @Test
  void whereNobodyListensThePlaceIsNamed() throws IOException {
    int port = store.getLocalPort();
    store.close();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 1)))
        .withMessageContaining("no connection to 127.0.0.1 port " + port);
  }

  @Test
  void aStoreThatSaysContinueTwiceIsUnderstood() throws IOException {
    serve(
        connection -> {
          heads.add(head(connection.getInputStream()));
          if (heads.size() == 1) {
            connection.setSoLinger(true, 0);
            return;
          }
          if (last().contains("Expect: 100-Continue")) {
            connection.getOutputStream().write((CONTINUE + CONTINUE).getBytes(US_ASCII));
          }
          connection.getInputStream().skipNBytes(length(last()));
          connection.getOutputStream().write(DONE.getBytes(US_ASCII));
        });
    assertThat(sink().deliver(Batches.of(0, 60_000)).stored()).isEqualTo(1);
  }

  @Test
  void aShortBodyIsSentWithoutAsking() throws IOException {
    serve(
        connection -> {
          heads.add(head(connection.getInputStream()));
          connection.getInputStream().skipNBytes(length(last()));
          connection.getOutputStream().write(DONE.getBytes(US_ASCII));
        });
    sink().deliver(Batches.of(0, 3));
    assertThat(heads).singleElement().satisfies(head -> assertThat(head).doesNotContain("Expect"));
  }

  private S3Sink sink() {
    S3Bucket bucket =
        new S3Bucket(
            "bucket",
            "us-west-2",
            Optional.of(URI.create("http://127.0.0.1:" + store.getLocalPort())),
            Optional.empty(),
            Optional.empty(),
            new AwsCredentials.KeyPair("access", new Secret("secret")));
    return new S3Sink(
        bucket,
        ObjectLayout.CONTRACT,
        S3Sink.DEFAULT_BOUNDS,
        new Retries(AwsRetries.within(AwsRetries.DEFAULT_BUDGET), waits, new Random(1)),
        new AwsClients(
            new JdkTransport(Duration.ofSeconds(5), Duration.ofSeconds(10)), Optional.empty()));
  }

  private String last() {
    return heads.stream().reduce((first, second) -> second).orElse("");
  }

  private void serve(Talk talk) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!store.isClosed()) {
                try (Socket connection = store.accept()) {
                  talk.with(connection);
                } catch (IOException e) {
                  // The client hung up, or the test is over.
                }
              }
            });
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client hung up");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static long length(String head) {
    return Long.parseLong(head.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
  }

  private interface Talk {
    void with(Socket connection) throws IOException;
  }
}
