package io.meterline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterline.core.Batch;
import io.meterline.core.BodyFormat;
import io.meterline.core.Delivery;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.Quarantined;
import io.meterline.core.Quarantined.BadRecord;
import io.meterline.core.Reason;
import io.meterline.core.Secret;
import io.meterline.core.delivery.RefusalPolicy;
import io.meterline.core.http.HttpReceiver;
import io.meterline.core.http.HttpSink;
import io.meterline.core.retry.Retries;
import io.meterline.core.retry.RetrySchedule;
import io.meterline.testing.IngestReceiver.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers as they are: slow, overloaded, gone, or right in refusing a record. */
final class HttpSinkFaultsTest {
  private static final String KEY = "key-Zq81xv";
  private static final RefusalPolicy FAIL = new RefusalPolicy.Fail("Look at it.");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final RecordedWaits waits = new RecordedWaits();
  private final List<Quarantined> kept = new ArrayList<>();
  private final Set<Integer> keptParts = new HashSet<>();
  private IngestReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = IngestReceiver.start(KEY);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void bodiesHoldAtMostAHundredRecordsAndCarryTheKey() throws IOException {
    assertThat(sink().deliver(Batches.of(0, 250))).isEqualTo(new Delivery(3, 0));
    assertThat(receiver.requests())
        .extracting(r -> r.records().size())
        .containsExactly(100, 100, 50);
    assertThat(receiver.requests())
        .allSatisfy(
            request -> {
              assertThat(request.headers().getFirst("X-API-KEY")).isEqualTo(KEY);
              assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
              assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "json.gz", "ndjson", "ndjson.gz"})
  void everyFormOfBodyIsUnderstood(String format) throws IOException {
    sink(receiver().with(BodyFormat.of(format).orElseThrow())).deliver(Batches.of(0, 3));
    assertThat(receiver.accepted()).containsExactly(Batches.records(0, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedAgainByTheSchedule(int status) throws IOException {
    receiver.fail(6, new Fault.Status(status, "later", ""));
    sink().deliver(Batches.of(0, 3));
    assertThat(receiver.accepted()).containsExactly(Batches.records(0, 3));
    assertThat(waits.waits()).hasSize(6);
    List<Integer> ceilings = List.of(2, 6, 12, 20, 40, 80);
    for (int i = 0; i < 6; i++) {
      assertThat(waits.waits().get(i))
          .isBetween(Duration.ZERO, Duration.ofSeconds(ceilings.get(i)));
    }
  }

  @Test
  void afterTheLastWaitOfTheScheduleTheBatchFails() {
    receiver.fail(7, new Fault.Status(503, "later", ""));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining(receiver.url().toString())
        .withMessageContaining("answers 503 (given up after 7 tries in ");
    assertThat(receiver.requests()).hasSize(7);
  }

  @Test
  void aReceiverIsLeftAloneForAsLongAsItAsks() throws IOException {
    receiver.fail(1, new Fault.Status(429, "later", "30"));
    sink().deliver(Batches.of(0, 3));
    assertThat(waits.waits().getFirst()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));
  }

  @Test
  void aDateToRetryAfterIsReadBesideTheReceiversOwnClock() throws IOException {
    // The receiver's Date is now; a date far in the future is beyond every budget.
    receiver.fail(1, new Fault.Status(503, "later", "Fri, 31 Dec 9999 23:59:59 GMT"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("given up after 1 try");
    receiver.fail(1, new Fault.Status(503, "later", "Sat, 01 Jan 2000 00:00:00 GMT"));
    sink().deliver(Batches.of(0, 3));
    assertThat(waits.waits()).hasSize(1);
  }

  @Test
  void aWaitBeyondTheBudgetIsNotBegun() {
    receiver.fail(1, new Fault.Status(429, "later", "161"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("given up after 1 try");
    assertThat(waits.waits()).isEmpty();
  }

  @Test
  void aLostAnswerIsAskedForAgainAndTheRecordsCountOnce() throws IOException {
    receiver.fail(1, new Fault.LoseAnswer());
    sink().deliver(Batches.of(0, 3));
    assertThat(receiver.requests()).hasSize(2);
    assertThat(receiver.accepted()).containsExactly(Batches.records(0, 3));
  }

  @Test
  void aBrokenConnectionIsTriedAgain() throws IOException {
    receiver.fail(2, new Fault.BreakBefore());
    sink().deliver(Batches.of(0, 3));
    assertThat(receiver.accepted()).containsExactly(Batches.records(0, 3));
    assertThat(waits.waits()).isNotEmpty();
  }

  @Test
  void anAnswerThatNeverComesIsNotWaitedFor() throws IOException {
    receiver.fail(1, new Fault.Hang());
    HttpReceiver impatient =
        new HttpReceiver(
            receiver.url(),
            Optional.of(new Secret(KEY)),
            BodyFormat.JSON,
            HttpReceiver.DEFAULT_BOUNDS,
            Duration.ofMillis(200));
    sink(impatient).deliver(Batches.of(0, 3));
    assertThat(receiver.accepted()).containsExactly(Batches.records(0, 3));
    assertThat(waits.waits()).isNotEmpty();
  }

  @Test
  void nobodyThereIsSaidInWords() {
    receiver.close();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessageContaining("no connection (given up after 7 tries");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 413, 422})
  void aRefusedRecordGoesToQuarantineAloneAndItsNeighboursAreDelivered(int status)
      throws IOException {
    receiver.refuse(text -> text.contains("\"r37\""), status, "r37 is bad: \u0007\nlook");
    Delivery delivery = sink().deliver(Batches.of(0, 100));
    List<String> expected = new ArrayList<>(Batches.records(0, 100));
    expected.remove(37);
    assertThat(receiver.accepted().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(delivery.refused()).isEqualTo(1);
    assertThat(receiver.requests()).hasSizeLessThanOrEqualTo(17);
    assertThat(kept)
        .singleElement()
        .isInstanceOfSatisfying(
            BadRecord.class,
            bad -> {
              assertThat(bad.reason()).isEqualTo(Reason.REFUSED);
              assertThat(bad.detail())
                  .isEqualTo("answers " + status + ": r37 is bad: \u0007\nlook");
              assertThat(new String(bad.message(), UTF_8)).isEqualTo(Batches.record(37));
            });
  }

  @Test
  void allRefusedRecordsOfABatchAreOneQuarantinePart() throws IOException {
    receiver.refuse(text -> text.contains("\"customerId\":\"c1\""), 400, "x".repeat(100_000));
    Delivery delivery = sink().deliver(Batches.of(0, 150));
    assertThat(delivery.refused()).isEqualTo(50);
    assertThat(kept).hasSize(50).allSatisfy(bad -> assertThat(bad.detail()).hasSizeLessThan(600));
    assertThat(keptParts).hasSize(1).allMatch(part -> part >= Quarantine.REFUSED_PART);
  }

  @Test
  void anotherSetOfRefusedRecordsIsAnotherPartSoThatNeitherHidesTheOther() throws IOException {
    receiver.refuse(text -> text.contains("\"r1\""), 400, "bad");
    sink().deliver(Batches.of(0, 3));
    sink().deliver(Batches.of(0, 3));
    assertThat(keptParts).hasSize(1);
    receiver.refuse(text -> text.contains("\"r2\""), 400, "bad");
    sink().deliver(Batches.of(0, 3));
    assertThat(keptParts).hasSize(2);
  }

  @Test
  void whatIsRefusedOfTheSecondHandOverOfAStretchDoesNotHideBehindTheFirst() throws IOException {
    receiver.refuse(text -> text.endsWith("1\"}"), 400, "bad");
    for (int handOver = 0; handOver < 2; handOver++) {
      Batch batch = Batches.of(10 * handOver, 3);
      sink().deliver(new Batch(Batches.id(0), handOver, batch.records(), batch.limits()));
    }
    assertThat(kept).hasSize(2);
    assertThat(keptParts).hasSize(2);
  }

  @Test
  void whereRefusedRecordsCannotBeKeptTheBatchIsNotAcknowledged() {
    receiver.refuse(text -> text.contains("\"r1\""), 400, "bad");
    Quarantine full =
        (id, part, entries) -> {
          throw new IOException("disk full");
        };
    HttpSink sink = new HttpSink(receiver(), full, retries(), FAIL);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink.deliver(Batches.of(0, 3)))
        .withMessage("disk full");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedKeyIsNoRecordsFault(int status) {
    receiver.fail(1, new Fault.Status(status, "key " + KEY + " unknown", ""));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink().deliver(Batches.of(0, 3)))
        .withMessage(
            "%s: answers %d \"key (key) unknown\": the key in X-API-KEY is refused"
                .formatted(receiver.url(), status));
    assertThat(kept).isEmpty();
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void theKeyIsNeverShown() {
    receiver.refuse(text -> text.contains("\"r1\""), 400, "you sent " + KEY);
    assertThat(receiver().toString()).doesNotContain(KEY);
    StringWriter seen = new StringWriter();
    for (Fault fault :
        List.of(
            new Fault.None(),
            new Fault.Status(403, KEY, ""),
            new Fault.Status(404, KEY, ""),
            new Fault.BreakBefore())) {
      receiver.fail(7, fault);
      try {
        sink().deliver(Batches.of(0, 2));
      } catch (IOException e) {
        e.printStackTrace(new PrintWriter(seen));
      }
    }
    kept.forEach(entry -> seen.write(new String(entry.toJson(), UTF_8)));
    assertThat(seen.toString()).contains("you sent (key)").doesNotContain(KEY);
  }

  @Test
  void theKeyIsNotShownWhereAReceiverQuotesItEscaped() {
    Secret key = new Secret("se+cr/et=");
    receiver.fail(
        1, new Fault.Status(404, "x?k=se%2Bcr%2Fet%3D, {\"k\":\"se+cr\\/et\\u003d\"}", ""));
    HttpReceiver to = HttpReceiver.of(receiver.url(), Optional.of(key));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(to).deliver(Batches.of(0, 2)))
        .withMessageContaining("\"x?k=(key), {\"k\":\"(key)\"}\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 2_030, 2_047, 2_048, 44_000, 61_430, 65_520, 100_000})
  void noPartOfTheKeyIsShownWhereAnAnswerIsCut(int before) {
    Secret key = new Secret("prod-key-0123456789");
    receiver.fail(1, new Fault.Status(403, " ".repeat(before) + key.reveal() + " tail", ""));
    HttpReceiver to = HttpReceiver.of(receiver.url(), Optional.of(key));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> sink(to).deliver(Batches.of(0, 2)))
        .withMessageContaining("answers 403")
        .withMessageNotContaining("prod");
  }

  @Test
  void aUrlWithAPasswordIsRefusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> HttpReceiver.of(URI.create("https://u:pa55@host/ingest"), Optional.empty()))
        .withMessageContaining("X-API-KEY")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pa55"));
  }

  @Test
  void aBodyIsBoundedInBytes() throws IOException {
    HttpReceiver narrow =
        new HttpReceiver(
            receiver.url(),
            Optional.of(new Secret(KEY)),
            BodyFormat.JSON,
            new PartLimits(100, 2 * Batches.record(0).length() + 1),
            TIMEOUT);
    sink(narrow).deliver(Batches.of(0, 5));
    assertThat(receiver.requests()).extracting(r -> r.records().size()).containsExactly(2, 2, 1);
  }

  private HttpReceiver receiver() {
    return HttpReceiver.of(receiver.url(), Optional.of(new Secret(KEY)));
  }

  private HttpSink sink() {
    return sink(receiver());
  }

  private HttpSink sink(HttpReceiver to) {
    return new HttpSink(
        to,
        (id, part, entries) -> {
          kept.addAll(entries);
          keptParts.add(part);
          return Delivery.of(true);
        },
        retries(),
        FAIL);
  }

  private Retries retries() {
    return new Retries(RetrySchedule.INGEST_CONTRACT, waits, new Random(7));
  }
}
