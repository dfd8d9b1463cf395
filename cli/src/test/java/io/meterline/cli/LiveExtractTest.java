package io.meterline.cli;

import static io.meterline.cli.Material.line;
import static io.meterline.cli.Material.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code meterline extract} between two pipes that stay open, as after {@code tail -F}. */
final class LiveExtractTest {
  private final Path home;
  private final Process process;
  private final BufferedReader records;

  LiveExtractTest(@TempDir Path home) throws Exception {
    this.home = home;
    this.process = new Program(home).startPiped("extract", "--quarantine", "bad");
    this.records = process.inputReader();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void aRecordIsPrintedWhileThePipeStaysOpen() throws Exception {
    write(line(0));
    assertThat(next()).isEqualTo(record(0));
    write("meter_record_for_cw {}\n" + line(1) + "half a line");
    assertThat(next()).isEqualTo(record(1));
    assertThat(Files.readString(home.resolve("bad"))).as("not buffered").contains("missing-field");
    write("\n" + line(2) + "meter_record_for_cw {\n");
    assertThat(next()).as("a record that is open holds back none").isEqualTo(record(2));
    write("\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}\n");
    assertThat(next()).startsWith("{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1,");
    process.getOutputStream().close();
    assertThat(process.errorReader().lines())
        .containsExactly(
            "quarantined=1 (missing-field=1) in bad",
            "payloads=0 events=6 control=0 records=4 quarantined=1");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void whatIsCompressedIsPrintedAsItComes() throws Exception {
    GZIPOutputStream gzip = new GZIPOutputStream(process.getOutputStream(), 512, true);
    // Enough for a look at what is inside.
    gzip.write((line(0) + "no record\n".repeat(30_000)).getBytes(UTF_8));
    gzip.flush();
    assertThat(next()).isEqualTo(record(0));
    gzip.write(line(1).getBytes(UTF_8));
    gzip.flush();
    assertThat(next()).isEqualTo(record(1));
  }

  @Test
  void aReaderThatHasEnoughEndsIt() throws Exception {
    write(line(0));
    assertThat(next()).isEqualTo(record(0));
    process.getInputStream().close();
    write(line(1));
    assertThat(process.waitFor(1, MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(process.errorReader().lines()).isEmpty();
  }

  private void write(String text) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write(text.getBytes(UTF_8));
    in.flush();
  }

  /** The next line; an {@link java.util.concurrent.TimeoutException} where none comes. */
  private String next() throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return String.valueOf(records.readLine());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .get(1, MINUTES);
  }
}
