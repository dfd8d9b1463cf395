package io.meterline.emitter;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.emitter.MeterLogOptions.OnFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class DestinationTest {
  /** As a library's placeholders look: a logger that filled them in would change the record. */
  private static final Map<String, String> PLACEHOLDERS = Map.of("a", "{} {0} %s ${x}");

  private static final String WRITTEN = "\"dimensions\":{\"a\":\"{} {0} %s ${x}\"}}";

  @Test
  void aLineAndItsEndAreOneWriteAndFlushed() {
    var stream = new Recording();
    MeterLog.to(stream).record("m", "c", 1, Map.of("long", "x".repeat(100_000)));
    MeterLog.to(stream).record("m", "c", 2);
    assertThat(stream.writes).hasSize(4);
    assertThat(stream.writes.get(0)).startsWith("meter_record_for_stream {").endsWith("x\"}}\n");
    assertThat(stream.writes.get(1)).isEqualTo("flush");
    assertThat(stream.writes.get(2)).containsOnlyOnce("\n").endsWith("\"}\n");
    assertThat(stream.writes.get(3)).isEqualTo("flush");
  }

  @Test
  void standardOutputIsTheOneOfTheMomentWhateverItsCharset() {
    MeterLog meters = MeterLog.toStandardOutput();
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(bytes, false, UTF_16));
      meters.record("m", "é", 1);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(UTF_8)).contains("\"customerId\":\"\\u00e9\"").endsWith("}\n");
  }

  @Test
  void aStreamThatFailsIsThrown() {
    MeterLog meters = MeterLog.to(new Full());
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> meters.record("m", "c", 1))
        .withMessage("the meter record could not be written: disk full");
  }

  @Test
  void aPrintStreamThatFailsInSilenceIsNoticed() {
    var failing = new PrintStream(new Full(), true, UTF_8);
    MeterLog meters = MeterLog.to(failing, MeterLogOptions.DEFAULT.withOnFailure(OnFailure.DROP));
    meters.record("m", "c", 1);
    assertThat(meters.dropped()).isEqualTo(1);
    assertThat(meters.lastDropReason()).contains("the meter record may be lost");
  }

  @Test
  void aSystemLoggerTakesTheLineAsItIs() {
    List<String> logged = new ArrayList<>();
    var backend = java.util.logging.Logger.getLogger("meters");
    backend.setUseParentHandlers(false);
    backend.addHandler(new Formatting(logged));

    Logger logger = System.getLogger("meters");
    MeterLog.to(line -> logger.log(Level.INFO, line)).record("m", "c", 1, PLACEHOLDERS);

    assertThat(logged).hasSize(1);
    assertThat(logged.getFirst()).startsWith("meter_record_for_stream {").endsWith(WRITTEN);
  }

  @Test
  void anSlf4jLoggerTakesTheLineAsItIs() {
    PrintStream before = System.err;
    var bytes = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(bytes, true, UTF_8));
      MeterLog.to(LoggerFactory.getLogger("meters")::info).record("m", "c", 1, PLACEHOLDERS);
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(UTF_8).stripTrailing())
        .contains("INFO meters - meter_record_for_stream {")
        .endsWith(WRITTEN);
  }

  @Test
  void aDestinationMayRecordItself() {
    List<String> lines = new ArrayList<>();
    MeterLog inner = MeterLog.to(lines::add);
    MeterLog outer =
        MeterLog.to(
            line -> {
              inner.record("inner", "c", 1);
              lines.add(line);
            });
    outer.record("outer", "c", 2);
    assertThat(new Agent().records(String.join("\n", lines))).hasSize(2);
  }

  private static final class Recording extends OutputStream {
    private final List<String> writes = new ArrayList<>();

    @Override
    public void write(int b) {
      writes.add("one byte");
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      writes.add(new String(bytes, from, length, UTF_8));
    }

    @Override
    public void flush() {
      writes.add("flush");
    }
  }

  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("disk full");
    }
  }

  private static final class Formatting extends Handler {
    private final List<String> logged;

    private Formatting(List<String> logged) {
      this.logged = logged;
    }

    @Override
    public void publish(LogRecord entry) {
      logged.add(new SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
