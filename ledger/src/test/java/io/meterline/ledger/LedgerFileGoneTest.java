package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.store.LedgerUnavailable;
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
