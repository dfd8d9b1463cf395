package io.meterline.pipeline;

import static io.meterline.source.Samples.gzip;
import static io.meterline.source.Samples.lines;
import static io.meterline.source.Samples.message;
import static io.meterline.source.Samples.records;
import static io.meterline.source.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.Delivery;
import io.meterline.Limits;
import io.meterline.MeterSink;
import io.meterline.Origin;
import io.meterline.extract.Markers;
import io.meterline.source.InputForm;
import io.meterline.source.LineContext;
import io.meterline.source.Source;
import io.meterline.source.Sources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamRunTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2022-09-13T19:21:45.062Z"));

  private final Bench bench;

  StreamRunTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @Test
  void eachRecordIsDeliveredInBoundedObjects() throws IOException {
    RunReport report = run(utf8("begin\n" + lines(0, 5) + "end"), bench.sink());
    assertThat(report).isEqualTo(new RunReport(0, 7, 0, 5, 0, new Delivery(3, 0)));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void anUnfinishedLastLineIsQuarantined() throws IOException {
    RunReport report = run(utf8(lines(0, 2) + message(2).substring(0, 50)), bench.sink());
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 2));
    assertThat(bench.quarantined()).singleElement().asString().contains("truncated");
  }

  @Test
  void aStreamThatBreaksDeliversWhatCameBefore() throws IOException {
    byte[] whole = gzip(utf8(lines(0, 5)));
    byte[] cut = Arrays.copyOf(whole, whole.length - 4);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(cut, bench.sink()));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void aSinkThatFailsEndsTheRun() throws IOException {
    MeterSink broken =
        batch -> {
          throw new IOException("the receiver is gone");
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> run(utf8(lines(0, 5)), broken))
        .withMessage("the receiver is gone");
    assertThat(bench.records()).isEmpty();
  }

  @Test
  void anEmptyStreamIsNothing() throws IOException {
    assertThat(run(new byte[0], bench.sink())).isEqualTo(RunReport.NOTHING);
  }

  private RunReport run(byte[] stream, MeterSink sink) throws IOException {
    LineContext lines = new LineContext(Origin.UNKNOWN, "word", CLOCK);
    Sources sources = new Sources(Markers.DEFAULT, Limits.DEFAULT);
    try (Source source = sources.open(new ByteArrayInputStream(stream), InputForm.AUTO, lines)) {
      return new StreamRun(sink, bench.quarantine(), Bench.CUTS_OF_TWO, CLOCK)
          .deliver(source, "stdin:word");
    }
  }
}
