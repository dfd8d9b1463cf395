package io.meterline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.BatchId;
import io.meterline.Origin;
import io.meterline.QuarantineLayout;
import io.meterline.Quarantined;
import io.meterline.Reason;
import io.meterline.folder.FolderQuarantine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the table says follows from what was sent and what the folders hold. */
final class BalanceTest {
  private static final Instant CALLED = Instant.parse("2026-11-24T10:00:00Z");

  private final Books books = new Books();
  private final DemoFolder folder;
  private final Findings findings;
  private int files;

  BalanceTest(@TempDir Path root) throws IOException {
    folder = DemoFolder.make(Optional.of(root.resolve("demo")));
    findings = new Findings(folder);
  }

  @Test
  void whatIsInTheBucketIsDeliveredAndTimedFromItsCall() throws IOException {
    for (int i = 1; i <= 100; i++) {
      sent("direct-s3", "u" + i);
      stored(CALLED.plusMillis(i), record("u" + i));
    }
    Balance balance = balance();
    assertThat(balance.rows().get(1).toString())
        .isEqualTo(
            "Row[way=DIRECT_S3, sent=100, delivered=100, quarantined=0, duplicates=0,"
                + " p50=PT0.05S, p99=PT0.099S]");
    assertThat(balance.isRight()).isTrue();
  }

  @Test
  void whatIsNowhereIsMissingByName() throws IOException {
    sent("direct-api", "gone");
    sent("direct-api", "there");
    stored(CALLED, record("there"));
    Balance balance = balance();
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
    Balance right = balance();
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

  private Balance balance() throws IOException {
    findings.look();
    return Balance.of(books, findings);
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
    String id = Integer.toString(files++);
    new FolderQuarantine(folder.quarantine(), QuarantineLayout.DEFAULT)
        .keep(
            new BatchId("s", "", id, id, 5),
            0,
            List.of(
                new Quarantined.BadRecord(
                    Reason.TRUNCATED,
                    "",
                    Origin.UNKNOWN,
                    "1",
                    5L,
                    message.getBytes(StandardCharsets.UTF_8))));
  }

  private static String record(String id) {
    return "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5,\"meterValue\":1.10,\"uniqueId\":\"%s\"}"
        .formatted(id);
  }
}
