package io.meterline.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.store.LedgerException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServingFileTest {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:8080");

  @TempDir private Path folder;

  @Test
  void theServerOfALedgerIsFoundWhileItsProcessRuns() throws IOException {
    Path ledger = folder.resolve("ledger");
    assertThat(ServingFile.ofRunning(ledger)).isEmpty();
    ServingFile here = ServingFile.here(ADDRESS);
    here.write(ledger);
    assertThat(ServingFile.ofRunning(ledger)).hasValue(here);
    here.remove(ledger);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileOfAProcessThatIsGoneTellsNothingAndIsReplaced() throws Exception {
    Path ledger = folder.resolve("ledger");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    ServingFile stale = new ServingFile(ADDRESS, gone.pid(), 0);
    stale.write(ledger);
    assertThat(ServingFile.ofRunning(ledger)).isEmpty();
    ServingFile here = ServingFile.here(ADDRESS);
    here.write(ledger);
    stale.remove(ledger);
    assertThat(ServingFile.ofRunning(ledger)).hasValue(here);
  }

  @Test
  void aProcessThatHasTheIdAgainIsAnotherOne() throws IOException {
    ServingFile here = ServingFile.here(ADDRESS);
    new ServingFile(ADDRESS, here.process(), here.startedMillis() - 10_000)
        .write(folder.resolve("ledger"));
    assertThat(ServingFile.ofRunning(folder.resolve("ledger"))).isEmpty();
  }

  @Test
  void somethingElseByThatNameTellsNothing() throws IOException {
    for (String text : List.of("", "x", "{\"address\":", "{\"address\":\"x y\"}", "[1]")) {
      Files.writeString(folder.resolve("ledger.serving"), text);
      assertThat(ServingFile.ofRunning(folder.resolve("ledger"))).as(text).isEmpty();
    }
    Files.write(folder.resolve("ledger.serving"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThat(ServingFile.ofRunning(folder.resolve("ledger"))).isEmpty();
  }

  @Test
  void aTokenIsNotSentInTheClearToAnotherMachine() throws IOException {
    assertThatThrownBy(() -> new LedgerClient(URI.create("http://usage.example:8080"), "t0ken"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("use https://")
        .hasMessageNotContaining("t0ken");
    new LedgerClient(URI.create("https://usage.example"), "t0ken").close();
    new LedgerClient(URI.create("http://usage.example"), "").close();
    new LedgerClient(URI.create("http://[::1]:8080"), "t0ken").close();
  }
}
