package io.meterline.core.delivery;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.Origin;
import io.meterline.core.PartLimits;
import io.meterline.core.Reason;
import io.meterline.core.event.Source;
import io.meterline.core.files.Bench;
import io.meterline.core.files.InMemory;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import io.meterline.core.retry.MonotonicClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamRunTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2022-09-13T19:21:45.062Z"));

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Bench bench;
  private final Time time = new Time();

  StreamRunTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @Test
  void eachRecordIsDeliveredInBoundedObjects() throws IOException {
    DeliveryReport report = run(utf8("begin\n" + lines(0, 5) + "end"), bench.sink());
    assertThat(report).isEqualTo(new DeliveryReport(0, 7, 0, 5, Map.of(), new Delivery(3, 0), 0));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void anUnfinishedLastLineIsQuarantined() throws IOException {
    DeliveryReport report = run(utf8(lines(0, 2) + message(2).substring(0, 50)), bench.sink());
    assertThat(report.reasons()).containsExactly(Map.entry(Reason.TRUNCATED, 1L));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 2));
    assertThat(bench.quarantined()).singleElement().asString().contains("truncated");
  }

  @Test
  void aStreamThatBreaksDeliversWhatCameBefore() throws IOException {
    byte[] whole = gzip(utf8(lines(0, 5)));
    byte[] cut = Arrays.copyOf(whole, whole.length - 4);
    assertThatExceptionOfType(BrokenSource.class).isThrownBy(() -> run(cut, bench.sink()));
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
    assertThat(run(new byte[0], bench.sink())).isEqualTo(DeliveryReport.NOTHING);
  }

  @Test
  void whatIsOldEnoughIsDeliveredWhileTheStreamWaits() throws IOException {
    StreamRun run = streamRun(bench.sink());
    var waiting =
        new ScriptedInput()
            .then(lines(0, 1) + message(1).substring(0, 50))
            .then(
                () -> {
                  time.advance(PATIENCE.minusNanos(1));
                  assertThat(run.deliverDue()).as("nanoseconds left").isEqualTo(1);
                  assertThat(bench.records()).isEmpty();
                  time.advance(Duration.ofNanos(1));
                  assertThat(run.deliverDue()).as("nothing is due").isEqualTo(Long.MAX_VALUE);
                  assertThat(bench.records()).containsExactlyElementsOf(records(0, 1));
                })
            .then(message(1).substring(50) + "\n");
    deliver(run, waiting);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 2));
    assertThat(run.report())
        .isEqualTo(new DeliveryReport(0, 2, 0, 2, Map.of(), new Delivery(2, 0), 0));
  }

  @Test
  void aRecordThatIsStillOpenIsNotDeliveredInPart() throws IOException {
    StreamRun run = streamRun(bench.sink());
    String open = "meter_record_for_cw {\"meterApiName\":\n";
    var waiting =
        new ScriptedInput()
            .then(lines(0, 1) + open)
            .then(
                () -> {
                  time.advance(PATIENCE);
                  run.deliverDue();
                  assertThat(bench.records()).containsExactlyElementsOf(records(0, 1));
                })
            .then("\"m\",\"customerId\":\"c\",\"meterValue\":1,\"uniqueId\":\"u\"}\n");
    deliver(run, waiting);
    assertThat(bench.records()).hasSize(2).anyMatch(record -> record.contains("\"u\""));
    assertThat(run.report().undelivered()).isZero();
  }

  @Test
  void whatIsOldEnoughIsDeliveredThoughLinesKeepComing() throws IOException {
    StreamRun run =
        new StreamRun(
            bench.sink(), bench.quarantine(), PartLimits.NONE, PATIENCE, CLOCK, time, "stdin:word");
    var busy =
        new ScriptedInput()
            .then(lines(0, 1))
            .then(() -> time.advance(PATIENCE))
            .then("no record\n")
            .then(() -> assertThat(bench.records()).containsExactlyElementsOf(records(0, 1)));
    deliver(run, busy);
    assertThat(bench.records()).hasSize(1);
  }

  @Test
  void recordsThatAreEqualInTwoBatchesAreTwoObjects() throws IOException {
    StreamRun run = streamRun(bench.sink());
    var twice =
        new ScriptedInput()
            .then(lines(0, 1))
            .then(() -> time.advance(PATIENCE))
            .then(run::deliverDue)
            .then(lines(0, 1));
    deliver(run, twice);
    assertThat(run.report().delivery()).isEqualTo(new Delivery(2, 0));
  }

  @Test
  void aFailureWhileTheStreamWaitsEndsTheRunAndSaysWhatIsNotDelivered() {
    StreamRun run =
        streamRun(
            batch -> {
              throw new IOException("the receiver is gone");
            });
    var waiting =
        new ScriptedInput()
            .then(lines(0, 1) + "meter_record_for_cw {}\n")
            .then(() -> time.advance(PATIENCE))
            .then(run::deliverDue)
            .then(lines(1, 2));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> deliver(run, waiting))
        .withMessage("the receiver is gone")
        .isNotInstanceOf(BrokenSource.class);
    assertThat(run.report())
        .hasToString(
            "payloads=0 events=2 control=0 records=0 quarantined=1 objects=1 already=0"
                + " undelivered=1");
  }

  @Test
  void onlyWhatIsSafeCountsAsDelivered() {
    int[] batches = {0};
    StreamRun run =
        streamRun(
            batch -> {
              if (batches[0]++ == 1) {
                throw new IOException("the receiver is gone");
              }
              return bench.sink().deliver(batch);
            });
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> deliver(run, new ScriptedInput().then(lines(0, 5))));
    assertThat(run.report())
        .hasToString(
            "payloads=0 events=4 control=0 records=2 quarantined=0 objects=1 already=0"
                + " undelivered=2");
  }

  private DeliveryReport run(byte[] stream, MeterSink sink) throws IOException {
    StreamRun run = streamRun(sink);
    deliver(run, new ByteArrayInputStream(stream));
    return run.report();
  }

  private StreamRun streamRun(MeterSink sink) {
    return new StreamRun(
        sink, bench.quarantine(), Bench.CUTS_OF_TWO, PATIENCE, CLOCK, time, "stdin:word");
  }

  private static void deliver(StreamRun run, InputStream stream) throws IOException {
    LineContext lines = new LineContext(Origin.UNKNOWN, "word", CLOCK);
    Sources sources = new Sources(Markers.DEFAULT, Limits.DEFAULT);
    try (Source source = sources.open(stream, InputFormat.AUTO, lines)) {
      run.deliver(source);
    }
  }

  /** A clock that only the test moves. */
  private static final class Time implements MonotonicClock {
    private long nanos;

    void advance(Duration duration) {
      nanos += duration.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      throw new AssertionError("nothing waits here");
    }
  }

  /** A stream that has things done between its bytes, when more of them is asked for. */
  private static final class ScriptedInput extends InputStream {
    private final Queue<Object> script = new ArrayDeque<>();

    ScriptedInput then(String text) {
      script.add(utf8(text));
      return this;
    }

    ScriptedInput then(Action action) {
      script.add(action);
      return this;
    }

    @Override
    public int read() {
      throw new AssertionError("read in pieces");
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
      while (script.peek() instanceof Action action) {
        script.remove();
        action.run();
      }
      if (!(script.poll() instanceof byte[] bytes)) {
        return -1;
      }
      System.arraycopy(bytes, 0, out, from, bytes.length);
      return bytes.length;
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
