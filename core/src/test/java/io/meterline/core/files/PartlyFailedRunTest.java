package io.meterline.core.files;

import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Batch;
import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.Origin;
import io.meterline.core.Reason;
import io.meterline.core.delivery.DeliveryReport;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run over a file counts, of whose cuts some are delivered and others are not. */
final class PartlyFailedRunTest {
  private final Bench bench;

  PartlyFailedRunTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @Test
  void onlyWhatIsSafeCountsAsDelivered() throws IOException {
    Files.writeString(bench.log(), lines(0, 15) + "meter_record_for_cw {}\n" + lines(15, 16));
    String refused = records(4, 5).getFirst();
    DeliveryReport first =
        run(
            batch -> {
              if (text(batch).contains(refused)) {
                throw new IOException("the receiver is gone");
              }
              return bench.sink().deliver(batch);
            });
    assertThat(bench.records()).hasSize(14);
    assertThat(first.records()).isEqualTo(14);
    assertThat(first.undelivered()).isEqualTo(2);
    assertThat(first.delivery().stored()).as("and one in quarantine").isEqualTo(8);
    assertThat(first.reasons()).containsExactly(Map.entry(Reason.MISSING_FIELD, 1L));
    assertThat(first.toString()).endsWith(" undelivered=2");
    DeliveryReport second = run(bench.sink());
    assertThat(second.toString())
        .endsWith("records=16 quarantined=1 objects=1 already=8")
        .doesNotContain("undelivered");
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 16));
  }

  private DeliveryReport run(MeterSink sink) throws IOException {
    boolean failed = false;
    try (Checkpoints open = Checkpoints.open(bench.checkpoints())) {
      FileRun run =
          new FileRun(
              new Sources(Markers.DEFAULT, Limits.DEFAULT),
              InputFormat.AUTO,
              Origin.UNKNOWN,
              sink,
              bench.quarantine(),
              open,
              Bench.CUTS_OF_TWO,
              FileOptions.strict(notice -> {}),
              8);
      try {
        run.deliver(bench.log(), bytes -> {});
      } catch (IOException e) {
        failed = true;
        assertThat(e).hasMessage("the receiver is gone");
      }
      assertThat(failed).isEqualTo(run.total().undelivered() > 0);
      return run.total();
    }
  }

  private static String text(Batch batch) throws IOException {
    var text = new ByteArrayOutputStream();
    batch.records().writeLines(text);
    return text.toString(StandardCharsets.UTF_8);
  }
}
