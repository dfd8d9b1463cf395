package io.meterline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.BatchId;
import io.meterline.core.Origin;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.folder.FolderQuarantine;
import io.meterline.local.Faults;
import io.meterline.local.LogGroup;
import io.meterline.local.LogGroupSettings;
import io.meterline.local.StoredLogEvent;
import io.meterline.local.Timeline;
import io.meterline.local.World;
import io.meterline.mapping.RuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the table says follows from what was sent and what the folders hold. */
final class ReconciliationTest {
  private static final Instant CALLED = Instant.parse("2026-11-24T10:00:00Z");

  private static final String RULES =
      """
      rules:
        - name: calls
          json: true
          records:
            - {meterApiName: "'calls'", customerId: line.c, meterValue: 1, uniqueId: line.id}
            - {meterApiName: "'bytes'", customerId: line.c, meterValue: line.b, uniqueId: line.id}
        - name: none
          contains: never
          record: {meterApiName: "'m'", customerId: "'c'", meterValue: 1}
      """;

  private final ExpectedRecords books = new ExpectedRecords();
  private ExpectedRuleRecords rules = new ExpectedRuleRecords(Optional.empty());
  private final DemoFolder folder;
  private final ObservedRecords findings;
  private int files;

  ReconciliationTest(@TempDir Path root) throws IOException {
    folder = DemoFolder.make(Optional.of(root.resolve("demo")));
    findings = new ObservedRecords(folder);
  }

  @Test
  void whatIsInTheBucketIsDeliveredAndTimedFromItsCall() throws IOException {
    for (int i = 1; i <= 100; i++) {
      sent("direct-s3", "u" + i);
      stored(CALLED.plusMillis(i), record("u" + i));
    }
    Reconciliation balance = balance();
    assertThat(balance.rows().get(1).toString())
        .isEqualTo(
            "Row[name=direct-s3, sent=100, delivered=100, quarantined=0, duplicates=0,"
                + " p50=PT0.05S, p99=PT0.099S]");
    assertThat(balance.isRight()).isTrue();
  }

  @Test
  void whatIsNowhereIsMissingByName() throws IOException {
    sent("direct-api", "gone");
    sent("direct-api", "there");
    stored(CALLED, record("there"));
    Reconciliation balance = balance();
    assertThat(balance.missing()).containsExactly("direct-api gone");
    assertThat(balance.isRight()).isFalse();
    assertThat(balance.sent()).isEqualTo(2);
    assertThat(balance.arrived()).isEqualTo(1);
  }

  @Test
  void aRecordInTwoObjectsIsADuplicateAndItsFirstObjectIsItsTime() throws IOException {
    sent("stream-subscriber", "u");
    stored(CALLED.plusMillis(300), record("x"), record("u"));
    stored(CALLED.plusMillis(200), record("u"));
    assertThat(balance().rows().get(4).toString())
        .contains("delivered=1,", "duplicates=1,", "p50=PT0.2S");
  }

  @Test
  void otherBytesThanThoseSentAreWrong() throws IOException {
    sent("direct-api", "u");
    stored(CALLED, record("u").replace("1.10", "1.1"));
    assertThat(balance().wrong())
        .containsExactly("direct-api u was delivered with other bytes than those sent");
  }

  @Test
  void twoFormsOfOneRecordAreWrong() throws IOException {
    sent("direct-api", "u");
    stored(CALLED, record("u"));
    stored(CALLED, record("u").replace("1.10", "1.1"));
    assertThat(balance().isRight()).isFalse();
  }

  @Test
  void aBrokenLineBelongsInQuarantineAndAGoodOneDoesNot() throws IOException {
    sent("cw-subscriber", "bad");
    sent("cw-subscriber", "good");
    books.broken("bad");
    quarantined("meter_record_for_cw {\"uniqueId\":\"bad\"");
    stored(CALLED, record("good"));
    Reconciliation right = balance();
    assertThat(right.rows().get(3).toString()).contains("delivered=1, quarantined=1,");
    assertThat(right.isRight()).isTrue();

    quarantined("meter_record_for_cw " + record("good"));
    assertThat(balance().wrong())
        .containsExactly("cw-subscriber good is delivered and in quarantine");
    sent("cw-subscriber", "good too");
    quarantined("meter_record_for_cw " + record("good too"));
    assertThat(balance().wrong())
        .contains("cw-subscriber good too is in quarantine although its line was good");
    stored(CALLED, record("bad too"));
    sent("cw-subscriber", "bad too");
    books.broken("bad too");
    assertThat(balance().wrong())
        .contains("cw-subscriber bad too was delivered although its line was broken");
  }

  @Test
  void callsThatWereNotAnsweredWithARecordAreNotSent() throws IOException {
    books.answered("/direct-api", 400, "{\"error\":\"x\"}", CALLED);
    books.answered("/nothing", 404, "{\"error\":\"x\"}", CALLED);
    assertThat(balance().sent()).isZero();
  }

  @Test
  void whatIsInTheWritingIsNotLookedAt() throws IOException {
    sent("direct-s3", "u");
    Files.writeString(folder.bucket().resolve(".x.json.1.tmp"), "[");
    Files.writeString(folder.bucket().resolve(".x.json"), "[");
    assertThat(balance().missing()).hasSize(1);
  }

  @Test
  void whatRulesMakeIsHeldAgainstTheFoldersByRule() throws Exception {
    rules = new ExpectedRuleRecords(Optional.of(RuleFile.read("rules.yaml", RULES)));
    StoredLogEvent event = logged("{\"c\":\"c1\",\"b\":1.10,\"id\":\"i\"}");
    Reconciliation before = balance();
    assertThat(before.rules())
        .extracting(Reconciliation.Row::name)
        .containsExactly("calls", "none");
    assertThat(before.missing()).containsExactly("rule calls i", "rule calls i");
    String calls = made(event, "calls", "1");
    stored(CALLED.plusMillis(7), calls, made(event, "bytes", "1.10"));
    stored(CALLED.plusMillis(9), calls);
    assertThat(balance().isRight()).isTrue();
    assertThat(balance().rules().getFirst().toString())
        .isEqualTo(
            "Row[name=calls, sent=2, delivered=2, quarantined=0, duplicates=1,"
                + " p50=PT0.007S, p99=PT0.007S]");
    stored(CALLED, calls.replace("c1", "c2"));
    assertThat(balance().wrong())
        .containsExactly("rule calls i was delivered with other bytes than the rule makes");
  }

  @Test
  void whatARuleCantMakeBelongsInQuarantineAndNothingElseDoes() throws Exception {
    rules = new ExpectedRuleRecords(Optional.of(RuleFile.read("rules.yaml", RULES)));
    StoredLogEvent event = logged("{\"c\":\"c1\",\"id\":\"i\"}");
    stored(CALLED, made(event, "calls", "1"));
    String detail = rules.entries().keySet().iterator().next().detail();
    assertThat(balance().missing())
        .containsExactly(event.id() + ": " + detail + ", which is not in quarantine");
    quarantined(event.id(), detail, event.message());
    assertThat(balance().isRight()).isTrue();
    assertThat(balance().rules().getFirst().toString()).contains("delivered=1, quarantined=1,");
    quarantined(event.id(), "rule 'calls': other", event.message());
    assertThat(balance().wrong())
        .containsExactly(event.id() + ": rule 'calls': other, which is not so");
    assertThat(rules.accessLines()).isEqualTo(1);
    assertThat(rules.passedOver()).isZero();
    logged("no JSON");
    assertThat(rules.passedOver()).isEqualTo(1);
  }

  private StoredLogEvent logged(String line) {
    StoredLogEvent event = new StoredLogEvent("stream", "5" + files++, CALLED.toEpochMilli(), line);
    LogGroup group =
        new LogGroup(
            LocalAws.ACCESS_LOG,
            LogGroupSettings.defaults(),
            new World(
                new Timeline(CALLED),
                new SplittableRandom(1),
                Faults.none(),
                (at, part, what) -> {}));
    rules.logged(group, event, CALLED);
    return event;
  }

  private static String made(StoredLogEvent event, String meter, String value) {
    return "{\"meterApiName\":\"%s\",\"customerId\":\"c1\",\"meterValue\":%s,\"uniqueId\":\"i\",\"meterTimeInMillis\":%d}"
        .formatted(meter, value, event.timestamp());
  }

  private Reconciliation balance() throws IOException {
    findings.look();
    return Reconciliation.of(books, rules, findings);
  }

  private void sent(String word, String id) {
    books.answered("/" + word, 200, record(id), CALLED);
  }

  private void stored(Instant at, String... records) throws IOException {
    Path file =
        Files.writeString(
            folder.bucket().resolve(files++ + ".json"), "[" + String.join(",", records) + "]");
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private void quarantined(String message) throws IOException {
    quarantined("1", "", message);
  }

  private void quarantined(String eventId, String detail, String message) throws IOException {
    String id = Integer.toString(files++);
    new FolderQuarantine(folder.quarantine(), QuarantineLayout.DEFAULT)
        .keep(
            new BatchId("s", "", id, id, 5),
            0,
            List.of(
                new Quarantined.BadRecord(
                    Reason.TRUNCATED,
                    detail,
                    Origin.UNKNOWN,
                    eventId,
                    5L,
                    message.getBytes(StandardCharsets.UTF_8))));
  }

  private static String record(String id) {
    return "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5,\"meterValue\":1.10,\"uniqueId\":\"%s\"}"
        .formatted(id);
  }
}
