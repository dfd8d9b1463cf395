package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.WriterBounds;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How meters of this kind count twice or not at all, each told of the peer in which it happened.
 */
final class PeersTest {
  private static final long TIME = 1_792_886_400_000L;

  @TempDir private Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() throws IOException {
    ledger =
        Ledger.open(
            folder.resolve("ledger"),
            new LedgerSettings(
                "200MB", 2, new WriterBounds(1000, 1000), Limits.DEFAULT, InstantSource.system()));
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  @Test
  @DisplayName(
      "openmeter (#5118, #4902): \"seen\" is recorded before the write, so a retry stores nothing"
          + " and says success")
  void whatWasSeenInALoadThatFailedIsStoredByTheNext() throws IOException {
    MemoryPlace place = new MemoryPlace().put("a.ndjson", record("1", "u1") + record("1", "u2"));

    assertThat(ledger.load(new BreaksOff(place), LoadListener.NONE).stored()).isZero();
    assertThat(ledger.load(place, LoadListener.NONE).stored()).isEqualTo(2);

    assertThat(sum("m")).isEqualTo("2");
  }

  @Test
  @DisplayName("openmeter (#4485): a failover after the write counts it twice")
  void aLedgerThatForgotTheAnswerCountsOnce() throws IOException {
    assertThat(ledger.deliver(batch("1", record("1", "u1")))).isEqualTo(new Delivery(1, 0));
    close();
    open();

    assertThat(ledger.deliver(batch("1", record("1", "u1")))).isEqualTo(new Delivery(0, 1));
    assertThat(sum("m")).isEqualTo("1");
  }

  @Test
  @DisplayName("lago-api (#3049): a resent batch is an error")
  void aResentBatchIsHarmlessUnderWhateverName() throws IOException {
    ledger.deliver(batch("1", record("1", "u1"), record("1", "u2")));
    ledger.deliver(batch("2", record("1", "u1"), record("1", "u2"), record("1", "u3")));

    assertThat(sum("m")).isEqualTo("3");
    assertThat(ledger.status().quarantined()).isZero();
  }

  @Test
  @DisplayName("lago-api (#1676): one bad event rejects the batch")
  void oneBadRecordIsOneBadRecord() throws IOException {
    MemoryPlace place =
        new MemoryPlace()
            .put("a.ndjson", record("1", "u1") + "{\"customerId\":\"c\"}\n" + record("1", "u2"));

    ledger.load(place, LoadListener.NONE);

    assertThat(sum("m")).isEqualTo("2");
    assertThat(ledger.status().quarantined()).isEqualTo(1);
  }

  @Test
  @DisplayName("lago-api (#5949): deduplication at query time takes 69% of the CPU")
  void aDuplicateIsNotStoredAtAll() throws IOException {
    MemoryPlace place = new MemoryPlace();
    for (int i = 0; i < 10; i++) {
      place.put(i + ".ndjson", record("1", "u1"));
    }

    LoadReport report = ledger.load(place, LoadListener.NONE);

    assertThat(report.stored()).isEqualTo(1);
    assertThat(ledger.status().rows()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "openmeter (#1506): one event for several meters: a failing meter makes all ignore it")
  void eachMeterOfARecordCountsForItself() throws IOException {
    String both = Records.json(Map.of("a", "1", "b", "2"), "c", TIME, "u1", Map.of());
    MemoryPlace place =
        new MemoryPlace()
            .put("a.ndjson", both + "\n" + Records.json("a", "c", TIME, "\"wrong\"", "u2"));

    ledger.load(place, LoadListener.NONE);

    assertThat(List.of(sum("a"), sum("b"))).containsExactly("1", "2");
  }

  private String sum(String meter) throws IOException {
    UsageQuery query =
        new UsageQuery(
            meter,
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

  private static String record(String value, String id) {
    return Records.json("m", "c", TIME, value, id) + "\n";
  }

  private static Batch batch(String first, String... records) {
    RecordBuffer buffer = new RecordBuffer();
    for (String record : records) {
      buffer.write(record.strip());
      buffer.end();
    }
    return new Batch(new BatchId("test", "", first, "9", TIME), buffer, PartLimits.NONE);
  }

  /** A place whose objects can't be read to their end. */
  private record BreaksOff(MemoryPlace whole) implements ObjectSource {
    @Override
    public String place() {
      return whole.place();
    }

    @Override
    public Stream<PlacedObject> objects() {
      return whole.objects();
    }

    @Override
    public InputStream open(String key) throws IOException {
      byte[] head = record("1", "u1").getBytes(UTF_8);
      return new SequenceInputStream(
          new ByteArrayInputStream(head),
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("the connection broke");
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
              return read();
            }
          });
    }
  }
}
