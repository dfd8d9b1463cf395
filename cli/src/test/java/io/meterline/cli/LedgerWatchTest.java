package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerWatchTest {
  @TempDir private Path folder;
  private final StringWriter words = new StringWriter();
  private final Set<String> cutOff = new HashSet<>();
  private Ledger ledger;
  private LedgerWatch watch;

  @BeforeEach
  void open() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    watch =
        new LedgerWatch(
            ledger,
            place -> new CutOff(new LedgerPlaces(Map.of()).open(place), cutOff),
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

  @Test
  void anUnreadableObjectIsReportedOnceAndLoadedWhenItCanBeRead() throws IOException {
    put("a", 1);
    cutOff.add("b.ndjson");
    put("b", 2);
    watch.pass();
    watch.pass();
    put("c", 3);
    watch.pass();
    String report = "meterline: b.ndjson: can't be read: cut off";
    assertThat(words.toString().lines()).containsExactly(report);
    assertThat(ledger.status().rows()).isEqualTo(2);
    cutOff.clear();
    watch.pass();
    assertThat(ledger.status().rows()).isEqualTo(3);
    watch.pass();
    cutOff.add("d.ndjson");
    put("d", 4);
    watch.pass();
    // It is another object now, and can't be read still.
    put("d", 44);
    watch.pass();
    watch.pass();
    assertThat(words.toString().lines())
        .containsExactly(report, report.replace("b.n", "d.n"), report.replace("b.n", "d.n"));
  }

  @Test
  void aPlaceThatVanishesAgainIsWaitedForAgain() throws IOException {
    put("a", 1);
    cutOff.add("b.ndjson");
    put("b", 2);
    watch.pass();
    Files.move(folder.resolve("out"), folder.resolve("away"));
    watch.pass();
    watch.pass();
    Files.move(folder.resolve("away"), folder.resolve("out"));
    watch.pass();
    Files.move(folder.resolve("out"), folder.resolve("away"));
    watch.pass();
    String waits = "meterline: waits for " + folder.resolve("out");
    assertThat(words.toString().lines())
        .containsExactly("meterline: b.ndjson: can't be read: cut off", waits, waits);
  }

  /** A place of which some objects break off while they are read. */
  private record CutOff(ObjectSource real, Set<String> keys) implements ObjectSource {
    @Override
    public String place() {
      return real.place();
    }

    @Override
    public Stream<PlacedObject> objects() throws IOException {
      return real.objects();
    }

    @Override
    public InputStream open(String key) throws IOException {
      if (keys.contains(key)) {
        throw new IOException("cut off");
      }
      return real.open(key);
    }
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
