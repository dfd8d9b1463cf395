package io.meterline.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Delivery;
import io.meterline.core.Quarantined;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.Reason;
import io.meterline.core.Secret;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.delivery.RefusedException;
import io.meterline.core.http.HttpReceiver;
import io.meterline.core.http.HttpSink;
import io.meterline.core.retry.Retries;
import io.meterline.core.retry.RetrySchedule;
import io.meterline.testing.IngestReceiver.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver's refusal means: a record is bad, or a setting is wrong. */
final class HttpRefusalsTest {
  private static final String KEY = "key-Zq81xv";
  private static final RefusalPolicy FAIL = new RefusalPolicy.Fail("Look at it.");

  private final RecordedWaits waits = new RecordedWaits();
  private final List<Quarantined> kept = new ArrayList<>();
  private IngestReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = IngestReceiver.start(KEY);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 413, 422, 431, 451})
  void whatRefusesEverythingIsAWrongSetting(int status) {
    receiver.refuse(text -> true, status, "unknown account");
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 300)))
        .withMessage(
            "%s: answers %d \"unknown account\": none of 300 records in the batch was accepted, so"
                + " a setting is probably wrong; none was quarantined. Look at it.",
            receiver.url(), status);
    assertThat(kept).isEmpty();
    assertThat(receiver.requests()).hasSizeLessThanOrEqualTo(35);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 304, 307, 308, 401, 402, 403, 404, 405, 407, 410, 411, 415})
  void anAnswerAboutTheSettingFailsTheBatchAtOnce(int status) throws IOException {
    HttpSink sink = sink();
    sink.deliver(Batches.of(500, 1));
    receiver.fail(1, new Fault.Status(status, status == 304 ? "" : "words about it", ""));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> sink.deliver(Batches.of(0, 3)))
        .withMessageStartingWith(receiver.url() + ": answers " + status)
        .satisfies(e -> assertThat(e.getMessage()).contains(status == 304 ? "" : "words about it"))
        .satisfies(e -> assertThat(e.withoutQuote()).doesNotContain("words about it"));
    assertThat(kept).isEmpty();
    assertThat(receiver.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {421, 426})
  void soDoesAnAnswerAboutTheConnection(int status) {
    receiver.fail(1, new Fault.Status(status, "", ""));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("answers " + status);
    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<center>The plain HTTP request was sent to HTTPS port</center>",
        "Reason: You're speaking plain HTTP to an SSL-enabled\n server port.<br />",
        "Client sent an HTTP request to an HTTPS server.\n",
        "Bad Request\nThis combination of host and port requires TLS.\n"
      })
  void plainHttpToAPortOfTlsIsNamedByWhatTheServerSays(String text) {
    receiver.fail(1, new Fault.Status(400, text, ""));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 1)))
        .withMessageEndingWith("this port speaks TLS: the URL must start with https://");
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void aTlsAlertInPlaceOfAnAnswerIsNamed() throws Exception {
    try (RawServer server = new RawServer(new byte[] {0x15, 3, 3, 0, 2, 2, 10})) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url("http")).deliver(Batches.of(0, 1)))
          .withMessage(
              server.url("http")
                  + ": answers with a TLS alert: this port speaks TLS, the URL must start with"
                  + " https://");
    }
    assertThat(waits.waits()).isEmpty();
  }

  @Test
  void whatIsNoHttpIsNamedWithoutQuotingIt() throws Exception {
    try (RawServer server = new RawServer("SSH-2.0-secret\r\n".getBytes(ISO_8859_1))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url("http")).deliver(Batches.of(0, 1)))
          .withMessageEndingWith("does not speak HTTP; check host and port of the URL");
    }
    assertThat(waits.waits()).isEmpty();
  }

  @Test
  void tlsToAPortOfPlainHttpIsAFailedHandshake() throws Exception {
    byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1);
    try (RawServer server = new RawServer(answer)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url("https")).deliver(Batches.of(0, 1)))
          .withMessageContaining("the TLS handshake failed")
          .withMessageContaining("the URL must start with http://");
    }
    assertThat(waits.waits()).isEmpty();
  }

  /** The JDK's own server takes the start of a handshake for a part of a request line. */
  @Test
  void aPortOfPlainHttpThatWaitsForTheRestOfTheHandshakeIsNamedAtTheFirstTry() {
    String address = receiver.url().toString().replace("http:", "https:");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(URI.create(address)).deliver(Batches.of(0, 1)))
        .withMessage(
            address + ": this port speaks plain HTTP, not TLS: the URL must start with http://");
    assertThat(waits.waits()).isEmpty();
    assertThat(receiver.accepted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "HTTP/1.0 307 Elsewhere", "SSH-2.0-x", ""})
  void aSlowHandshakeIsTriedAgainWhereNothingTellsThatThePortSpeaksPlainHttp(String line)
      throws Exception {
    try (SlowServer server = new SlowServer(line)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url()).deliver(Batches.of(0, 1)))
          .withMessageContaining("the TLS handshake failed")
          .withMessageContaining("given up after 7 tries");
      assertThat(server.asked()).isPositive();
    }
  }

  @Test
  void aHandshakeThatIsCutOffIsTriedAgainAndNamed() throws Exception {
    try (RawServer server = new RawServer(new byte[0])) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url("https")).deliver(Batches.of(0, 1)))
          .withMessageContaining("TLS")
          .withMessageContaining("given up after 7 tries");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 207, 400, 422})
  void recordsThatTheAnswerNamesGoToQuarantineWithTheReceiversReason(int status)
      throws IOException {
    receiver.refuseByName(
        text -> text.contains("\"customerId\":\"c1\""), status, "no-customer", "c1 of " + KEY);
    Delivery delivery = sink().deliver(Batches.of(0, 150));
    assertThat(delivery.refused()).isEqualTo(50);
    assertThat(receiver.requests()).hasSize(2);
    assertThat(receiver.accepted().stream().flatMap(List::stream)).hasSize(100);
    assertThat(kept)
        .hasSize(50)
        .allSatisfy(
            entry -> {
              assertThat(entry.reason()).isEqualTo(Reason.REFUSED);
              assertThat(entry.detail()).isEqualTo("refused: no-customer: c1 of (key)");
            });
    assertThat(new String(((BadRecord) kept.getFirst()).message(), UTF_8))
        .isEqualTo(Batches.record(1));
  }

  @Test
  void theOnlyRecordOfTheFirstBatchIsQuarantinedWhereTheAnswerNamesIt() throws IOException {
    receiver.refuseByName(text -> true, 400, "bad", "it is bad");
    assertThat(sink().deliver(Batches.of(0, 1)).refused()).isEqualTo(1);
  }

  @Test
  void anAnswerForEachRecordMayBeTheArrayAlone() throws IOException {
    receiver.fail(
        1,
        new Fault.AnswerOtherwise(
            200, "[{\"status\":\"stored\"},{\"status\":\"refused\"},{\"status\":\"duplicate\"}]"));
    assertThat(sink().deliver(Batches.of(0, 3)).refused()).isEqualTo(1);
  }

  @Test
  void aConflictIsInQuarantineAndARedeliveryIsNot() throws IOException {
    HttpSink sink = sink();
    sink.deliver(Batches.of(0, 3));
    assertThat(sink.deliver(Batches.of(0, 3)).refused()).isZero();
    String other = Batches.record(1).replace("\"meterValue\":1", "\"meterValue\":2");
    sink.deliver(Batches.of(Batches.id(1), List.of(other), io.meterline.core.PartLimits.NONE));
    assertThat(kept)
        .singleElement()
        .satisfies(
            e -> assertThat(e.detail()).startsWith("conflict: different-content: a record with"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "3 records were ingested",
        "[]",
        "[INFO] done",
        "[1,2,3]",
        "{}",
        "{\"ok\":true}",
        "{\"records\":3}",
        "{\"records\":[\"a\",\"b\",\"c\"]}",
        "{\"records\":[{\"id\":1},{\"id\":2}]}",
        "{\"error\":null,\"errors\":[],\"failed\":0,\"success\":true}",
        "{\"nested\":{\"records\":[{\"status\":\"stored\"}]}}",
        "no errors",
      })
  void anyOtherAnswerOfSuccessMeansThatAllIsAccepted(String text) throws IOException {
    receiver.fail(1, new Fault.AnswerOtherwise(200, text));
    assertThat(sink().deliver(Batches.of(0, 3))).isEqualTo(new Delivery(1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"records\":[]}|it is for 0 of 3 records",
        "{\"broken|the text ends",
        "{\"took\":1,\"errors\":tr|the text ends",
        "[{\"sta|the text ends",
        "{\"records\":[{\"Status\":\"refused\"}]}|it is for 1 of 3 records",
        "{\"records\":[{\"status\":\"stored\"},{\"status\":\"refused\"}]}|it is for 2 of 3 records",
        "{\"records\":[{\"status\":\"stored\"},{},{\"status\":\"stored\"}]}|record 1 has no status",
        "{\"records\":[{\"status\":\"stored\"},{\"sta|the text ends",
        "{\"records\":[{\"status\":\"stored\"},{\"status\":oops}]}|byte ",
        "{\"records\":[|the text ends",
        "{\"records\":[{\"status\":\"stored\"},{\"status\":\"stored\"},{\"status\":\"stored\"}],\"records\":[]}|it has two members",
        "{\"ok\":tru,\"records\":[{\"status\":\"refused\"}]}|byte ",
        "\uFEFF{\"records\":[]}|it is for 0 of 3 records",
        "{\"Records\":[]}|it is for 0 of 3 records",
        "[{\"status\":\"stored\"},{\"status\":\"refused\"}]|it is for 2 of 3 records",
        "[{\"status\":\"stored\"},{\"sta|the text ends",
        "{\u0000\"\u0000r\u0000|it is in UTF-16",
        "{\"records\":[null,null,null]}|record 0 has no status",
        "{\"records\":[{\"status\":\"stored\"},{\"status\":\"stored\"},{\"status\":\"stored\"}]}xx|something follows",
        "{\"records\":[{\"status\":\"refused\",\"status\":\"stored\"},{},{}]}|record 0 has two members",
        "{\"records\":[{\"status\":200},{\"status\":400},{\"status\":200}]}|record 0 has a status that is not",
      })
  void aBrokenAnswerForEachRecordLosesNothing(String text, String why) throws IOException {
    receiver.fail(1, new Fault.AnswerOtherwise(200, text));
    HttpSink sink = sink();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink.deliver(Batches.of(0, 3)))
        .withMessageContaining("its answer for each record can't be used: ")
        .withMessageContaining(why);
    assertThat(kept).isEmpty();
    assertThat(sink.deliver(Batches.of(0, 3)).refused()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"nested\":{\"records\":[{\"status\":\"refused\"}]}}",
        "{\"results\":[{\"status\":\"stored\"},{\"status\":\"Rejected\"}]}",
        "{\"records\":[\"stored\",\"refused\",\"stored\"]}",
        "{\"status\":\"stored\"}\n{\"status\":\"refused\"}\n",
        "{\"error\":{\"code\":7}}",
        "{\"errors\": [\"no such customer\"]}",
        "{\"success\":false}",
        "{\"accepted\":2,\"rejected\":1}",
        "{\"FailedRecordCount\":1}",
        "{\"status\":\"refused\"}",
        "ERROR: no such customer",
        "failed to store",
        "{\"errorMessage\":\"Task timed out\",\"errorType\":\"Sandbox.Timedout\"}",
        "{\"success\":\"false\"}",
        "{\"exception\":\"x\"}",
        "{\"results\":[{\"status\":400},{\"status\":200}]}",
        "{\"errors\":[],\"rejected\":[\"r1\"]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"r1\"}]}",
        "false",
        "Service Unavailable",
        "{\"failed\":true}",
        "{\"hasErrors\":true}",
        "{\"isError\":true}",
        "{\"successful\":false}",
        "{\"acknowledged\":false}",
        "{\"valid\":false}",
        "{\"numErrors\":1}",
        "{\"rejectedRecords\":[{\"i\":1}]}",
        "\"error\"",
        "\uFEFFError",
        "502 Bad Gateway",
        "  upstream request timeout",
        "{\"message\":\"Internal server error\"}",
        "{\"message\":\"Endpoint request timed out\"}",
        "{\"message\":\"Forbidden\"}",
        "{\"records\":[{\"status\":\"stored\"},{\"status\":\"stored\"},{\"status\":\"stored\"}],\"error\":\"disk full\"}",
      })
  void aSuccessThatSaysThatSomethingFailedIsNoAcceptance(String text) throws IOException {
    receiver.fail(1, new Fault.AnswerOtherwise(200, text));
    HttpSink sink = sink();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink.deliver(Batches.of(0, 3)))
        .withMessageContaining("its answer for each record can't be used: ");
    assertThat(kept).isEmpty();
    assertThat(sink.deliver(Batches.of(0, 3)).refused()).isZero();
  }

  @Test
  void whatASuccessSaysOfAFailureIsReadToItsEndAndNotQuoted() {
    String padding = "x".repeat(10_000);
    receiver.fail(
        1,
        new Fault.AnswerOtherwise(
            200, "{\"took\":\"" + padding + "\",\"error\":\"the key is k3y-that-is-secret\"}"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("it says that something failed")
        .withMessageNotContaining("k3y");
  }

  @Test
  void anAnswerThatIsCutOffBeforeItsRecordsLosesNothing() {
    String padding = "x".repeat(1024 * 1024);
    receiver.fail(
        1,
        new Fault.AnswerOtherwise(
            200, "{\"padding\":\"" + padding + "\",\"records\":[{\"status\":\"refused\"}]}"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("it is longer than 77824 bytes");
  }

  @Test
  void theKeyIsNotShownWhereARedirectHasIt() throws IOException {
    String head =
        "HTTP/1.1 302 Found\r\nLocation: https://sso.example/login/%s/next\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            .formatted(KEY);
    try (RawServer server = new RawServer(head.getBytes(US_ASCII))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url("http")).deliver(Batches.of(0, 3)))
          .withMessageContaining("it points to https://sso.example/login/(key)/next");
    }
  }

  @Test
  void aCompressedAnswerLosesNothing() throws IOException {
    byte[] body = {0x1F, (byte) 0x8B, 8, 0};
    String head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\nContent-Length: 4\r\n\r\n";
    byte[] start = head.getBytes(US_ASCII);
    byte[] answer = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, answer, start.length, body.length);
    try (RawServer server = new RawServer(answer)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> sink(server.url("http")).deliver(Batches.of(0, 3)))
          .withMessageContaining("it is compressed");
    }
    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><p>Sign in",
        "\uFEFF\n<html lang=\"en\">",
        "<HTML>",
        "<!-- x --><html>",
        "<?xml version=\"1.0\"?><!DOCTYPE html>",
        "<head>",
        "<Error><Code>AccessDenied"
      })
  void aWebPageIsNoAcceptance(String page) {
    receiver.fail(1, new Fault.AnswerOtherwise(200, page));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("a web page");
    assertThat(kept).isEmpty();
  }

  @Test
  void statusesOfAnotherContractPutNothingInQuarantine() {
    String ok = "{\"status\":\"ok\"}";
    receiver.fail(
        1, new Fault.AnswerOtherwise(200, "{\"records\":[" + ok + "," + ok + "," + ok + "]}"));
    receiver.fail(10, new Fault.AnswerOtherwise(200, "{\"records\":[" + ok + "]}"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("no status that is stored, duplicate, conflict or refused")
        .withMessageContaining("none was quarantined");
    assertThat(kept).isEmpty();
  }

  @Test
  void anAnswerForEachOfAHundredRecordsIsReadWhole() throws IOException {
    receiver.refuseByName(text -> !text.contains("\"r0\""), 200, "bad", "x".repeat(3_000));
    assertThat(sink().deliver(Batches.of(0, 100)).refused()).isEqualTo(99);
    assertThat(kept).allSatisfy(entry -> assertThat(entry.detail()).hasSizeLessThan(600));
  }

  @Test
  void anAnswerBeyondItsBoundFailsTheBatch() {
    receiver.refuseByName(text -> true, 200, "bad", "x".repeat(200_000));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("it is longer than 77824 bytes");
    assertThat(kept).isEmpty();
  }

  private HttpSink sink() {
    return sink(receiver.url());
  }

  private HttpSink sink(URI url) {
    return new HttpSink(
        HttpReceiver.of(url, Optional.of(new Secret(KEY))),
        (id, part, entries) -> {
          kept.addAll(entries);
          return Delivery.of(true);
        },
        new Retries(RetrySchedule.INGEST_CONTRACT, waits, new Random(7)),
        FAIL);
  }

  /** Answers every connection with the same bytes, and ends it. */
  private static final class RawServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    RawServer(byte[] answer) throws IOException {
      Thread.ofVirtual().start(() -> answerAll(answer));
    }

    URI url(String scheme) {
      return URI.create("%s://127.0.0.1:%d/ingest".formatted(scheme, socket.getLocalPort()));
    }

    private void answerAll(byte[] answer) {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          // A part of the request, so that the end is no reset.
          client.getInputStream().read(new byte[64 * 1024]);
          client.getOutputStream().write(answer);
        } catch (IOException e) {
          // The client or the test has ended.
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Speaks TLS, or so it seems: it lets a handshake wait until it was asked without TLS. */
  private static final class SlowServer implements AutoCloseable {
    private static final int HANDSHAKE = 0x16;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch answered = new CountDownLatch(1);

    SlowServer(String line) throws IOException {
      Thread.ofVirtual().start(() -> acceptAll((line + "\r\n\r\n").getBytes(US_ASCII)));
    }

    URI url() {
      return URI.create("https://127.0.0.1:%d/ingest".formatted(socket.getLocalPort()));
    }

    int asked() {
      return asked.get();
    }

    private void acceptAll(byte[] answer) {
      try {
        while (true) {
          Socket client = socket.accept();
          Thread.ofVirtual().start(() -> answer(client, answer));
        }
      } catch (IOException e) {
        // The test has ended.
      }
    }

    private void answer(Socket client, byte[] answer) {
      try (client) {
        byte[] start = new byte[64 * 1024];
        if (client.getInputStream().read(start) > 0 && start[0] == HANDSHAKE) {
          answered.await();
          return;
        }
        asked.incrementAndGet();
        client.getOutputStream().write(answer);
      } catch (IOException | InterruptedException e) {
        // The client or the test has ended.
      } finally {
        if (asked.get() > 0) {
          answered.countDown();
        }
      }
    }

    @Override
    public void close() throws IOException {
      answered.countDown();
      socket.close();
    }
  }
}
