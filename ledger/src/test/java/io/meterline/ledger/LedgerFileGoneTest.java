package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.store.LedgerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's file is moved, deleted or replaced while it is open. */
final class LedgerFileGoneTest {
  @TempDir private Path folder;

  @Test
  void nothingIsAcknowledgedUntilTheFileIsBack() throws Exception {
    Path file = folder.resolve("ledger");
    Path moved = folder.resolve("moved");
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      ledger.ingest("a", body("a"));
      Files.move(file, moved);
      assertRefused(ledger);
      Files.writeString(file, "something else");
      assertRefused(ledger);
      Files.move(moved, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(ledger.ingest("b", body("b"))).hasSize(1);
    }
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      assertThat(ledger.status().rows()).isEqualTo(2);
    }
  }

  @Test
  void deletingTheWriteAheadLogLosesNothingInACrash() throws Exception {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      ledger.ingest("a", body("a"));
      Files.delete(log(file));
      ledger.ingest("b", body("b"));
      assertThat(rowsAfterCrash(file)).isEqualTo(2);

      // The next commits start a log of their own.
      ledger.ingest("c", body("c"));
      assertThat(log(file)).exists();
      assertThat(rowsAfterCrash(file)).isEqualTo(3);

      Files.delete(log(file));
      ledger.load(new MemoryPlace().put("o.json", body("d")), LoadListener.NONE);
      assertThat(rowsAfterCrash(file)).isEqualTo(4);
    }
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      assertThat(ledger.status().rows()).isEqualTo(4);
    }
  }

  @Test
  void deletingTheWriteAheadLogDisturbsNoReader() throws Exception {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = Ledger.open(file, LedgerSettings.DEFAULT)) {
      ledger.ingest("a", body("a"));
      long rows =
          ledger.ask(
              "reading meanwhile",
              sql -> {
                sql.number("SELECT count(*) FROM record");
                Files.delete(log(file));
                try {
                  ledger.ingest("b", body("b"));
                } catch (BrokenBody e) {
                  throw new AssertionError(e);
                }
                assertThat(rowsAfterCrash(file)).isEqualTo(2);
                return sql.number("SELECT count(*) FROM record");
              });
      assertThat(rows).isEqualTo(1);
    }
  }

  private static Path log(Path file) {
    return Path.of(file + ".wal");
  }

  /** The rows of what a crash leaves behind: a copy of the files as they are. */
  private long rowsAfterCrash(Path file) throws IOException {
    Path copy = Files.createTempDirectory(folder, "crash").resolve("ledger");
    Files.copy(file, copy);
    if (Files.exists(log(file))) {
      Files.copy(log(file), log(copy));
    }
    try (Ledger ledger = Ledger.open(copy, LedgerSettings.DEFAULT)) {
      return ledger.status().rows();
    }
  }

  private static void assertRefused(Ledger ledger) {
    assertThatThrownBy(() -> ledger.ingest("b", body("b")))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("moved, deleted or replaced");
    MemoryPlace place = new MemoryPlace().put("o.json", body("o"));
    assertThatThrownBy(() -> ledger.load(place, LoadListener.NONE))
        .isInstanceOf(LedgerUnavailable.class);
  }

  private static byte[] body(String id) {
    return Records.json("m", "c", 1, "1", id).getBytes(UTF_8);
  }
}
