package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.core.BatchId;
import io.meterline.core.Origin;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.Quarantined;
import io.meterline.core.Reason;
import io.meterline.core.folder.FolderQuarantine;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.store.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was put aside on its way to a place is shown, each entry once, and never counted. */
final class PlaceQuarantineTest {
  private static final Origin ORIGIN = new Origin("owner", "/app/group", "stream");

  @TempDir private Path folder;
  private Path out;
  private Ledger ledger;
  private LedgerViews views;

  @BeforeEach
  void open() throws IOException {
    out = Files.createDirectories(folder.resolve("out"));
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    views = new LedgerViews(ledger);
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  @Test
  void whatTheDeliveryPutAsideIsShownWithWhereItComesFrom() throws IOException {
    put("1", bad(Reason.MISSING_FIELD, "{\"a\":\"Zürich\"}", 5L));
    Files.writeString(out.resolve("a.ndjson"), Records.json("m", "c", 1, "5", "u"));
    assertThat(load()).extracting(LoadReport::stored, LoadReport::undelivered).contains(1L, 1L);
    assertThat(views.undelivered("", 0, 10))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.object())
                  .matches("quarantine/\\d{4}-\\d\\d-\\d\\d/\\w{40}\\.ndjson");
              assertThat(entry.place()).isEqualTo("dir:" + out);
              assertThat(entry.reason()).isEqualTo("missing-field");
              assertThat(entry.detail()).isEqualTo("customerId is missing");
              assertThat(entry.logGroup()).isEqualTo("/app/group");
              assertThat(entry.logStream()).isEqualTo("stream");
              assertThat(entry.eventId()).isEqualTo("event-1");
              assertThat(entry.timestamp()).isEqualTo(OptionalLong.of(5));
              assertThat(entry.text()).isEqualTo("{\"a\":\"Zürich\"}");
            });
    assertThat(ledger.status().undelivered()).isEqualTo(1);
    assertThat(ledger.status().rows()).isEqualTo(1);
    assertThat(ledger.status().quarantined()).isZero();
    assertThat(views.quarantined("", 0, 10)).isEmpty();
  }

  @Test
  void itIsReadOnceAlsoFromACopyOfThePlace() throws IOException {
    put("1", bad(Reason.TRUNCATED, "x", null), bad(Reason.UNMAPPED, "y", null));
    load();
    assertThat(load().undelivered()).isZero();
    Path object = quarantineObject();
    Path copy = folder.resolve("copy").resolve(out.relativize(object));
    Files.createDirectories(copy.getParent());
    Files.copy(object, copy);
    assertThat(ledger.load(new Folder(folder.resolve("copy")), LoadListener.NONE).undelivered())
        .isZero();
    assertThat(ledger.status().undelivered()).isEqualTo(2);
    put("2", bad(Reason.UNMAPPED, "z", null));
    assertThat(load().undelivered()).isEqualTo(1);
    assertThat(views.undeliveredReasons())
        .containsExactly(
            new Rejections.ReasonCount("unmapped", 2), new Rejections.ReasonCount("truncated", 1));
    assertThat(views.undelivered("truncated", 0, 10))
        .extracting(Rejections.Undelivered::text)
        .containsExactly("x");
  }

  @Test
  void anObjectOfAnotherNameIsReadAgainWhereItChanges() throws IOException {
    Path object = Files.createDirectories(out.resolve("quarantine")).resolve("mine.ndjson");
    Files.writeString(object, "{\"reason\":\"refused\"}\n");
    load();
    Files.writeString(object, "{\"reason\":\"refused\"}\n\n{\"reason\":\"own\"}\n");
    assertThat(load().undelivered()).isEqualTo(2);
    assertThat(views.undeliveredReasons()).hasSize(2);
    assertThat(ledger.status().undelivered()).isEqualTo(2);
  }

  @Test
  void longEntriesAreKeptByTheirStart() throws IOException {
    String message = "é\\n\"".repeat(1_000_000);
    put("1", bad(Reason.TOO_LARGE, message, 1L), bad(Reason.TRUNCATED, "short", 2L));
    byte[] payload = new byte[3_000_000];
    new FolderQuarantine(out, QuarantineLayout.DEFAULT)
        .keep(
            new BatchId("p", "", "1", "2", 0),
            0,
            List.of(
                new Quarantined.BadPayload(
                    Reason.UNDECODABLE_PAYLOAD,
                    "no gzip",
                    new Origin("", "", ""),
                    "sequence",
                    payload)));
    load();
    assertThat(views.undelivered("too-large", 0, 1).getFirst())
        .satisfies(
            entry -> {
              assertThat(message).startsWith(entry.text());
              assertThat(entry.text()).hasSize(2048);
              assertThat(entry.bytes()).isGreaterThan(5_000_000);
            });
    assertThat(views.undelivered("truncated", 0, 1).getFirst().text()).isEqualTo("short");
    assertThat(views.undelivered("undecodable-payload", 0, 1).getFirst())
        .extracting(Rejections.Undelivered::eventId, Rejections.Undelivered::text)
        .containsExactly("sequence", "A".repeat(2048));
  }

  @Test
  void aLineThatIsNotReadableIsAnEntryStill() throws IOException {
    Path object = Files.createDirectories(out.resolve("quarantine")).resolve("x.json");
    Files.write(object, "no json\n{\"reason\":\"ref".getBytes(UTF_8));
    load();
    assertThat(views.undelivered("", 0, 10))
        .extracting(Rejections.Undelivered::reason, Rejections.Undelivered::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ref", ""),
            org.assertj.core.groups.Tuple.tuple("unknown", "no json"));
  }

  @Test
  void theCheckIsWellWithIt() throws IOException {
    put("1", bad(Reason.TRUNCATED, "x", null));
    Files.writeString(out.resolve("a.ndjson"), Records.json("m", "c", 1, "5", "u"));
    load();
    ledger.close();
    LedgerCheck.Outcome outcome =
        new LedgerCheck(folder.resolve("ledger"), LedgerSettings.DEFAULT, name -> new Folder(out))
            .run(List.of(), LoadListener.NONE);
    open();
    assertThat(outcome).isEqualTo(new LedgerCheck.Outcome(1, 0, 0, 0, List.of(), List.of()));
  }

  private LoadReport load() throws IOException {
    return ledger.load(new Folder(out), LoadListener.NONE);
  }

  @Test
  void aWriteToTheLedgerThatFailsIsNoFaultOfTheObject() throws Exception {
    put("1", bad(Reason.MISSING_FIELD, "{}", 5L));
    Path file = folder.resolve("ledger");
    alter(file, "ALTER TABLE undelivered ADD COLUMN other INTEGER");
    List<String> complaints = new ArrayList<>();
    LoadListener listener =
        new LoadListener() {
          @Override
          public void complaint(String key, String why) {
            complaints.add(key + ": " + why);
          }
        };
    assertThatThrownBy(() -> ledger.load(new Folder(out), listener))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith(file + ": loading from dir:" + out + " failed: ")
        .hasMessageEndingWith(
            "what is loaded stays loaded, and the next load continues from there");
    assertThat(complaints).isEmpty();
    alter(file, "ALTER TABLE undelivered DROP COLUMN other");
    assertThat(load().undelivered()).isOne();
    assertThat(views.undelivered("", 0, 10)).hasSize(1);
  }

  /** Closes the ledger, changes its tables and opens it again. */
  private void alter(Path file, String statement) throws Exception {
    ledger.close();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
    open();
  }

  private void put(String batch, Quarantined... entries) throws IOException {
    new FolderQuarantine(out, QuarantineLayout.DEFAULT)
        .keep(new BatchId("test", "", batch, batch, 0), 0, List.of(entries));
  }

  private static Quarantined bad(
      Reason reason, String message, @org.jspecify.annotations.Nullable Long timestamp) {
    return new Quarantined.BadRecord(
        reason, "customerId is missing", ORIGIN, "event-1", timestamp, message.getBytes(UTF_8));
  }

  private Path quarantineObject() throws IOException {
    try (var files = Files.walk(out.resolve("quarantine"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }
}
