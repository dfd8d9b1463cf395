package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.ObjectLayout;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import io.meterline.core.folder.FolderSink;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.store.WriterBounds;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadingTest {
  private static final long TIME = 1_792_886_400_000L;

  @TempDir private Path folder;
  private Path file;
  private Ledger ledger;
  private final MemoryPlace place = new MemoryPlace();
  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("ledger");
    ledger = Ledger.open(file, settings(1000));
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  @Test
  void anObjectIsLoadedOnce() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    assertThat(load().stored()).isEqualTo(1);
    assertThat(load())
        .extracting(LoadReport::objects, LoadReport::alreadyThere)
        .containsExactly(0L, 1L);
    assertThat(sum()).isEqualTo("1");
  }

  @Test
  void anObjectThatWasCopiedIsKnownByItsContent() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    load();
    place.put("a.ndjson", record("1", "u1"));
    assertThat(load().alreadyThere()).isEqualTo(1);
  }

  @Test
  void otherContentUnderAKnownNameIsKeptAsideOnce() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    load();
    place.put("a.ndjson", record("2", "u2"));
    assertThat(load().broken()).isEqualTo(1);
    assertThat(load().broken()).isEqualTo(1);
    assertThat(complaints)
        .containsExactly("a.ndjson: refused: the ledger has another content under this name");
    assertThat(sum()).isEqualTo("1");
    assertThat(ledger.status().quarantined()).isEqualTo(1);
  }

  @Test
  void theContractsNameIsTheSameInACopyOfAPartOfTheBucket() throws IOException {
    String name = "2026-10-25/" + "0123456789abcdef".repeat(3).substring(0, 40) + ".json";
    place.put("ingest/records/" + name, "[" + record("1", "u1") + "]");
    load();
    MemoryPlace copy = new MemoryPlace().put(name, "[" + record("1", "u1") + "]");
    assertThat(ledger.load(copy, LoadListener.NONE).alreadyThere()).isEqualTo(1);
  }

  @Test
  void twoCopiesOfAnObjectInOnePlaceAreOne() throws IOException {
    String name = "2026-10-25/" + "0123456789abcdef".repeat(3).substring(0, 40) + ".json";
    place.put("a/" + name, "[" + record("1", "u1") + "]");
    place.put("b/" + name, "[" + record("1", "u1") + "]");
    place.put("c/" + name, "[" + record("2", "u2") + "]");
    assertThat(load())
        .extracting(LoadReport::objects, LoadReport::alreadyThere, LoadReport::broken)
        .containsExactly(1L, 1L, 1L);
    assertThat(sum()).isEqualTo("1");
  }

  @Test
  void aKeyOfAnotherLayoutIsAnotherObjectAtAnotherPlace() throws IOException {
    for (String name : List.of("first", "second")) {
      Path object = folder.resolve(name).resolve("a.ndjson");
      Files.createDirectories(folder.resolve(name));
      Files.writeString(object, record("1", name.substring(0, 5)));
      Files.setLastModifiedTime(object, FileTime.fromMillis(1));
      assertThat(ledger.load(new Folder(folder.resolve(name)), LoadListener.NONE).stored())
          .isEqualTo(1);
    }
    assertThat(sum()).isEqualTo("2");
  }

  @Test
  void allFormsOfBodiesAreRead() throws IOException {
    place.put("array.json", "[" + record("1", "u1") + ", " + record("2", "u2") + "]\n");
    place.put("single.json", record("4", "u3").replace(",", ",\n  "));
    place.put("lines.ndjson", record("8", "u4") + "\r\n" + record("16", "u5"));
    place.put("packed.ndjson.gz", gzip(record("32", "u6")));
    place.put("empty.json", "");
    place.put("none.json", "[]");
    assertThat(load()).extracting(LoadReport::objects).isEqualTo(6L);
    assertThat(sum()).isEqualTo("63");
  }

  @Test
  void brokenObjectsAreNamedAndLoadingGoesOn() throws IOException {
    place.put("a.json", "[" + record("1", "u1") + ",");
    place.put("b.json", "[" + record("2", "u2") + "] and more");
    place.put("c.ndjson.gz", "no gzip");
    byte[] cut = gzip(record("4", "u3"));
    place.put("d.ndjson.gz", Arrays.copyOf(cut, cut.length - 12));
    place.put("e.ndjson", record("8", "u4"));
    LoadReport report = load();
    assertThat(report.broken()).isEqualTo(4);
    assertThat(report.objects()).isEqualTo(1);
    assertThat(complaints).hasSize(4);
    assertThat(complaints.getFirst()).startsWith("a.json: truncated: record 1 of the array");
    assertThat(sum()).isEqualTo("8");
  }

  @Test
  void aBrokenObjectThatWasMendedIsLoaded() throws IOException {
    place.put("a.json", "[" + record("1", "u1"));
    load();
    place.put("a.json", "[" + record("1", "u1") + "]");
    assertThat(load().stored()).isEqualTo(1);
    assertThat(ledger.status().quarantined()).isZero();
  }

  @Test
  void oneBadLineIsOneBadRecord() throws IOException {
    place.put(
        "a.ndjson",
        String.join(
            "\n",
            record("1", "u1"),
            "{\"meterApiName\":\"m\",\"cust",
            record("2", "u2"),
            "not json",
            "7",
            record("4", "u3").replace("\"c\"", "\"\""),
            record("8", "u4")));
    LoadReport report = load();
    assertThat(report.quarantined()).isEqualTo(4);
    assertThat(report.records()).isEqualTo(7);
    assertThat(sum()).isEqualTo("11");
  }

  @Test
  void anObjectLargerThanMemoryIsWholeOrNotAtAll() throws IOException {
    ledger.close();
    ledger = Ledger.open(file, settings(10));
    place.put("a.ndjson", lines(0, 5));
    place.put("b.json", "[" + lines(5, 100).replace("\n", ",") + "{\"broken\"");
    place.put("c.json", "[" + lines(5, 100).replace("\n", ",") + record("1", "last") + "]");
    assertThat(load().broken()).isEqualTo(1);
    assertThat(sum()).isEqualTo("101");
  }

  @Test
  void aValueThatDoesNotFitIsAConflict() throws IOException {
    place.put(
        "a.ndjson",
        String.join(
            "\n",
            record("1e-39", "u1"),
            record("123456789012345678901234567890123456789", "u2"),
            record("1e38", "u3"),
            record("0.00000000000000000000000000000000000000", "u4"),
            record("1e37", "u5"),
            record("1e-38", "u6")));
    LoadReport report = load();
    assertThat(report.conflicts()).isEqualTo(3);
    assertThat(sum())
        .isEqualTo("10000000000000000000000000000000000000.00000000000000000000000000000000000001");
  }

  @Test
  void redeliveringABatchStoresItOnce() throws IOException {
    Batch batch = batch(record("1", "u1"), record("2", "u2"));
    assertThat(ledger.deliver(batch)).isEqualTo(new Delivery(1, 0));
    assertThat(ledger.deliver(batch)).isEqualTo(new Delivery(0, 1));
    assertThat(sum()).isEqualTo("3");
  }

  @Test
  void aDeliveredBatchIsTheObjectThatAFolderHas() throws IOException {
    Batch batch = batch(record("1", "u1"), record("2", "u2"));
    ledger.deliver(batch);
    Path out = folder.resolve("out");
    new FolderSink(out, ObjectLayout.CONTRACT).deliver(batch);
    assertThat(ledger.load(new Folder(out), LoadListener.NONE).alreadyThere()).isEqualTo(1);
  }

  @Test
  void anotherProcessGetsAClearMessage() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProcess.class.getName(),
                file.toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(other.getInputStream().readAllBytes(), UTF_8);
    assertThat(other.waitFor()).isEqualTo(1);
    assertThat(words).contains("another process has this ledger open").doesNotContain("\tat ");
  }

  @Test
  void aFileOfSomethingElseIsSaidToBeNone() throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(other, "something else entirely");
    assertThatThrownBy(() -> Ledger.open(other, LedgerSettings.DEFAULT))
        .hasMessageContaining("not a ledger");
  }

  @Test
  void theCheckFindsNothingWhereAllIsWell() throws IOException {
    place.put("a.ndjson", record("1", "u1") + "\n" + record("1", "u1") + "\n" + record("2", "u1"));
    place.put("b.ndjson", record("1", "u1") + "\n" + record("5", "u2") + "\nbad");
    load();
    place.put("c.ndjson", record("9", "u3"));
    load();
    ledger.deliver(batch(record("7", "u7")));
    place.remove("c.ndjson");
    assertThat(check()).isEqualTo(new LedgerCheck.Outcome(2, 1, 1, 0, List.of(), List.of()));
  }

  @Test
  void theCheckNamesAnObjectWhoseRecordsAreOther() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    place.put("b.ndjson", record("1", "u2"));
    load();
    place.put("b.ndjson", record("3", "u2"));
    assertThat(check().differences())
        .hasSize(2)
        .allMatch(difference -> difference.startsWith("memory:/b.ndjson: "));
  }

  @Test
  void theCheckNamesWhatIsThereAndNotLoaded() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    place.put("broken.json", "[" + record("2", "u2"));
    place.put("package.json", "{\"name\":\"x\"}");
    load();
    place.put("new.ndjson", record("4", "u4"));
    LedgerCheck.Outcome outcome = check();
    assertThat(outcome.differences()).isEmpty();
    assertThat(outcome.isComplete()).isFalse();
    assertThat(outcome.notLoaded()).isEqualTo(2);
    assertThat(outcome.findings())
        .satisfiesExactly(
            broken ->
                assertThat(broken).startsWith("broken.json: at memory: and not loaded: truncated"),
            fresh ->
                assertThat(fresh)
                    .isEqualTo(
                        "new.ndjson: at memory: and not loaded: it is new;"
                            + " 'meterline ledger load' loads it"));
  }

  @Test
  void theCheckLooksAtAPlaceThatWasNeverLoaded() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    ledger.close();
    LedgerCheck.Outcome outcome =
        new LedgerCheck(file, settings(1000), name -> place).run(List.of(place), LoadListener.NONE);
    ledger = Ledger.open(file, settings(1000));
    assertThat(outcome.notLoaded()).isEqualTo(1);
    assertThat(outcome.verified()).isZero();
  }

  @Test
  void theCheckNamesAHundredAndCountsAll() throws IOException {
    load();
    for (int i = 0; i < 1001; i++) {
      place.put("%04d.ndjson".formatted(i), record("1", "u" + i));
    }
    LedgerCheck.Outcome outcome = check();
    assertThat(outcome.notLoaded()).isEqualTo(1001);
    assertThat(outcome.findings()).hasSize(101).last().isEqualTo("… and 901 more");
  }

  @Test
  void aPlaceThatCannotBeListedIsNotAtHand() throws IOException {
    place.put("a.ndjson", record("1", "u1"));
    load();
    ledger.close();
    LedgerCheck.Outcome outcome =
        new LedgerCheck(
                file,
                settings(1000),
                name -> {
                  throw new IOException("gone");
                })
            .run(List.of(), LoadListener.NONE);
    ledger = Ledger.open(file, settings(1000));
    assertThat(outcome.missing()).isEqualTo(2);
    assertThat(outcome.differences()).isEmpty();
  }

  private LedgerCheck.Outcome check() throws IOException {
    ledger.close();
    LedgerCheck.Outcome outcome =
        new LedgerCheck(file, settings(1000), name -> place).run(List.of(), LoadListener.NONE);
    ledger = Ledger.open(file, settings(1000));
    return outcome;
  }

  private LoadReport load() throws IOException {
    return ledger.load(
        place,
        new LoadListener() {
          @Override
          public void complaint(String key, String why) {
            complaints.add(key + ": " + why);
          }
        });
  }

  private String sum() throws IOException {
    UsageQuery query =
        new UsageQuery(
            "m",
            Instant.ofEpochMilli(TIME),
            Instant.ofEpochMilli(TIME + 1),
            WindowSize.NONE,
            ZoneOffset.UTC,
            List.of(),
            Map.of(),
            OptionalInt.empty(),
            false);
    return ledger.usage(query, UsageLimits.DEFAULT).rows().getFirst().plainValue();
  }

  private static LedgerSettings settings(int rows) {
    return new LedgerSettings(
        "200MB", 2, new WriterBounds(rows, 1000), Limits.DEFAULT, InstantSource.system());
  }

  private static String record(String value, String id) {
    return Records.json("m", "c", TIME, value, id);
  }

  private static String lines(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(record("1", "id" + i)).append('\n');
    }
    return lines.toString();
  }

  private static Batch batch(String... records) {
    RecordBuffer buffer = new RecordBuffer();
    for (String record : records) {
      buffer.write(record);
      buffer.end();
    }
    return new Batch(new BatchId("test", "", "1", "2", TIME), buffer, PartLimits.NONE);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
