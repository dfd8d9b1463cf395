package io.meterline.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
  @TempDir private Path folder;

  @Test
  void aProcessLeavesNoLibraryBehindWhateverItsEnd() throws Exception {
    try (Database database = Database.open(folder.resolve("ledger"), "100MB", 1)) {
      assumeFalse(NativeLibrary.files().isEmpty(), "the system does not tell what is loaded");
      for (Path file : NativeLibrary.files()) {
        assertThat(Files.exists(file)).as(file.toString()).isFalse();
      }
      assertThat(database.writer().number("SELECT 1")).isEqualTo(1);
    }
  }
}
