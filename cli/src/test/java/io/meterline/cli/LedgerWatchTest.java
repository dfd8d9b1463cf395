package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerWatchTest {
  @TempDir private Path folder;
  private final StringWriter words = new StringWriter();
  private Ledger ledger;
  private LedgerWatch watch;

  @BeforeEach
  void open() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    watch =
        new LedgerWatch(
            ledger,
            new LedgerPlaces(Map.of()),
            folder.resolve("out").toString(),
            new PrintWriter(words, true));
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  @Test
  void aFolderThatIsNotThereYetIsWaitedForAndSaidToBeOnce() throws IOException {
    watch.pass();
    watch.pass();
    assertThat(words.toString().lines())
        .containsExactly("meterline: waits for " + folder.resolve("out"));
    put("a", 1);
    watch.pass();
    assertThat(ledger.status().rows()).isEqualTo(1);
  }

  @Test
  void whatComesLaterIsLoadedOnce() throws IOException {
    put("a", 1);
    watch.pass();
    put("b", 2);
    watch.pass();
    watch.pass();
    assertThat(ledger.status().objects()).isEqualTo(2);
    assertThat(ledger.status().rows()).isEqualTo(2);
  }

  @Test
  void aBrokenObjectIsNamedOnceAndTheOthersAreLoaded() throws IOException {
    put("a", 1);
    Files.writeString(folder.resolve("out/broken.json"), "[{");
    watch.pass();
    put("b", 2);
    watch.pass();
    assertThat(words.toString().lines()).singleElement().asString().contains("broken.json");
    assertThat(ledger.status().rows()).isEqualTo(2);
  }

  private void put(String id, int time) throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(
        folder.resolve("out").resolve(id + ".ndjson"),
        """
        {"meterApiName":"m","customerId":"c","meterTimeInMillis":%d,"meterValue":1,"uniqueId":"%s"}
        """
            .formatted(time, id));
  }
}
