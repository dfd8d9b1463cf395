package io.meterline.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's receivers behave as the ingest contract says. */
final class ReceivingEndTest {
  private static final String A = record("a");
  private static final String B = record("b");

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Boolean> arrived = new CompletableFuture<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Ingest ingest = new Ingest(bucket());

  private MeterSink bucket() {
    return batch -> {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("not now");
      }
      for (BatchPart part : batch.parts(PartLimits.NONE)) {
        stored.add(UTF_8.decode(part.array()).toString());
      }
      arrived.complete(true);
      return Delivery.of(true);
    };
  }

  private static String record(String id) {
    return "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterTimeInMillis\":5,\"meterValue\":1.10,\"uniqueId\":\"%s\"}"
        .formatted(id);
  }

  @Test
  void anArrayLinesAndASingleObjectAreTakenByteForByte() throws IOException {
    assertThat(take("[" + A + "," + B + "]")).isEmpty();
    assertThat(take(record("c") + "\n" + record("d") + "\n")).isEmpty();
    assertThat(take(record("e"))).isEmpty();
    assertThat(stored)
        .containsExactly(
            "[" + A + "," + B + "]",
            "[" + record("c") + "," + record("d") + "]",
            "[" + record("e") + "]");
  }

  @Test
  void aRecordThatEqualsOneThatIsThereIsDroppedAndTheOthersAreKept() throws IOException {
    take("[" + A + "]");
    take("[" + A + "]");
    take("[" + A + "," + B + "," + B + "]");
    assertThat(stored).containsExactly("[" + A + "]", "[" + B + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[1]", "hello", "{\"customerId\":\"c\"}"})
  void whatIsNoRecordIsRefused(String bad) throws IOException {
    assertThat(take(bad)).isNotEmpty();
    assertThat(stored).isEmpty();
  }

  @Test
  void oneBadRecordHidesNoNeighbour() throws IOException {
    assertThat(take(A + "\n" + "{\"customerId\":\"c\"}\n" + B)).contains("missing-field");
    assertThat(stored).containsExactly("[" + A + "," + B + "]");
  }

  @Test
  void aBodyWhosePutFailedIsNotTakenForOneThatIsThere() throws IOException {
    failures.set(1);
    assertThatThrownBy(() -> take(A)).hasMessage("not now");
    take(A);
    assertThat(stored).containsExactly("[" + A + "]");
  }

  @Test
  void aDeduplicationIdCountsOnceInFiveMinutes() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (FifoQueue queue = FifoQueue.start(ingest, (body, why) -> {}, now::get)) {
      FifoQueue.Sent first = queue.send("id", A);
      now.set(Instant.EPOCH.plusSeconds(299));
      assertThat(queue.send("id", A)).isEqualTo(first);
      now.set(Instant.EPOCH.plusSeconds(301));
      assertThat(queue.send("id", A)).isNotEqualTo(first);
      assertThat(queue.send("other", A).sequence()).isEqualTo(3);
    }
  }

  @Test
  void aMessageStaysInTheQueueUntilTheIngestHasItAndARefusedOneIsReported() throws Exception {
    failures.set(3);
    CompletableFuture<String> refused = new CompletableFuture<>();
    try (FifoQueue queue =
        FifoQueue.start(ingest, (body, why) -> refused.complete(body + " " + why), Instant::now)) {
      queue.send("1", A);
      queue.send("2", "[7]");
      assertThat(refused.get(30, TimeUnit.SECONDS)).startsWith("[7] record 0: not-an-object");
      arrived.get(30, TimeUnit.SECONDS);
    }
    assertThat(stored).containsExactly("[" + A + "]");
  }

  private String take(String body) throws IOException {
    return ingest.take(body.getBytes(UTF_8)).orElse("");
  }
}
