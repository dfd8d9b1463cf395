package io.meterline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.ledger.store.LedgerWriter;
import io.meterline.ledger.store.WriterBounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that holds something else than meter records is refused whole, and not line by line. */
final class ForeignObjectsTest {
  @TempDir private Path folder;
  private Ledger ledger;
  private final MemoryPlace place = new MemoryPlace();
  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    // Few rows at once: what is refused late was written before, and is taken back.
    ledger =
        Ledger.open(
            folder.resolve("ledger"),
            new LedgerSettings(
                "200MB", 2, new WriterBounds(10, 1000), Limits.DEFAULT, InstantSource.system()));
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"app\",\"version\":\"1.0\",\"dependencies\":{\"a\":\"1\"}}",
        "{\"level\":\"info\",\"msg\":\"started\"}\n{\"level\":\"warn\",\"msg\":\"slow\"}",
        "[{\"id\":1},{\"id\":2}]",
        "[1,2,3]",
        "\"text\"",
        "not json\nat all",
        "{}",
        "{\"customerId\":\"c\"}",
        "{\"values\":{\"a\":1}}",
        "{\"msg\":\"METER {\\\"meterApiName\\\":\\\"m\\\"}\"}",
        "{\"meter\":{\"meterApiName\":\"m\",\"meterValue\":1}}"
      })
  void aFileOfSomethingElseIsOneEntryAndNamedOnce(String body) throws IOException {
    place.put("data.json", body);
    assertThat(load()).extracting(LoadReport::broken, LoadReport::records).containsExactly(1L, 0L);
    assertThat(load().broken()).isEqualTo(1);
    assertThat(complaints).containsExactly("data.json: refused: " + LedgerWriter.FOREIGN);
    assertThat(ledger.status().quarantined()).isEqualTo(1);
    assertThat(ledger.status().objects()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meterApiName\":\"m\"}",
        "{\"meterApiName\":7}",
        "{\"meter\\u0041piName\":\"m\"}",
        "{\"a\":1,\"meterValue\":null}",
        "{\"meterTimeInMillis\":\"x\"}",
        "{\"customerId\":\"c\",\"values\":{\"a\":1}}",
        "{\"meterApiName\":\"m\",\"cust",
        "{\"level\":\"info\"}\n{\"meterValue\":1}\nnot json"
      })
  void aFileWithOneRecordHoweverBrokenIsReadRecordByRecord(String body) throws IOException {
    place.put("data.ndjson", body);
    assertThat(load().quarantined()).isEqualTo(body.lines().count());
    assertThat(ledger.status().quarantined()).isEqualTo(body.lines().count());
    assertThat(ledger.status().objects()).isEqualTo(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aNameOfTheContractIsAnIngestObjectWhateverItHolds() throws IOException {
    place.put("2026-10-25/" + "0123456789".repeat(4) + ".json", "{\"name\":\"x\"}");
    assertThat(load().quarantined()).isEqualTo(1);
    place.put("2026-10-25/" + "0123456789".repeat(4).substring(1) + ".json", "{\"name\":\"x\"}");
    assertThat(load().broken()).isEqualTo(1);
  }

  @Test
  void oneOfManyLinesMakesAllOfThemRecords() throws IOException {
    String other = "{\"level\":\"info\"}\n".repeat(25_000);
    place.put("other.ndjson", other);
    assertThat(load().broken()).isEqualTo(1);
    assertThat(ledger.status().quarantined()).isEqualTo(1);
    place.put("mixed.ndjson", other + Records.json("m", "c", 1, "5", "u"));
    assertThat(load())
        .extracting(LoadReport::stored, LoadReport::quarantined)
        .containsExactly(1L, 25_000L);
  }

  @Test
  void aFileThatBecomesAnIngestObjectIsLoaded() throws IOException {
    place.put("data.json", "{\"name\":\"x\"}");
    load();
    place.put("data.json", Records.json("m", "c", 1, "5", "u"));
    assertThat(load().stored()).isEqualTo(1);
    assertThat(ledger.status().quarantined()).isZero();
  }

  @Test
  void aLogThatGrowsIsNamedOnceAndItsNeighboursAreLoaded() throws IOException {
    for (int i = 0; i < 12; i++) {
      place.put("app.ndjson", "{\"level\":\"info\"}\n".repeat(i + 1));
      load();
      load();
    }
    place.put("good.ndjson", Records.json("m", "c", 1, "5", "u"));
    assertThat(load().stored()).isEqualTo(1);
    assertThat(complaints).hasSize(1);
    assertThat(ledger.status().quarantined()).isEqualTo(1);
  }

  @Test
  void anObjectThatIsBrokenAgainInAnotherWayIsNamedAgainAndThenNotAtEachPass() throws IOException {
    for (int i = 0; i < 12; i++) {
      place.put("a.json", "[" + Records.json("m", "c", 1, "5", "u"));
      load();
      load();
    }
    assertThat(complaints).hasSize(12);
    assertThat(ledger.status().quarantined()).isEqualTo(1);
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
}
