package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.meterline.core.Batch;
import io.meterline.core.BatchId;
import io.meterline.core.Delivery;
import io.meterline.core.MeterSink;
import io.meterline.core.PartLimits;
import io.meterline.core.RecordBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which destination a state folder is. */
final class StateDestinationTest {
  private static final Batch BATCH =
      new Batch(new BatchId("s", "", "0", "1", 5), new RecordBuffer(), PartLimits.NONE);

  @TempDir private Path state;

  @Test
  void addressesThatDifferInTheirQueryAreTwoAndItIsNotShown() throws IOException {
    to("https://meters.example.com/ingest?project=a", batch -> Delivery.NOTHING).deliver(BATCH);
    assertThatNoException()
        .isThrownBy(
            () -> to("https://meters.example.com/ingest?project=a", batch -> Delivery.NOTHING));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> to("https://meters.example.com/ingest?project=b", batch -> Delivery.NOTHING))
        .withMessageContaining("has the checkpoints of https://meters.example.com/ingest (query ")
        .withMessageNotContaining("project");
  }

  @Test
  void aDestinationThatTookNothingIsForgotten() {
    MeterSink down =
        batch -> {
          throw new IOException("no such host");
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> to("https://wrong.example.com", down).deliver(BATCH));
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void itIsKnownBeforeTheFirstRecordIsDelivered() throws IOException {
    MeterSink killed =
        batch -> {
          assertThat(Files.readString(state.resolve("destination"))).contains("example.com");
          return Delivery.NOTHING;
        };
    to("https://example.com", killed).deliver(BATCH);
  }

  private StateDestination to(String uri, MeterSink sink) throws IOException {
    return new StateDestination(state, uri, sink);
  }
}
