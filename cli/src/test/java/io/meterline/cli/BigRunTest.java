package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A log of 2 GB in 128 MB of memory: {@code mvn -Pbig -pl cli -am verify}. */
@Tag("big")
final class BigRunTest {
  private static final long BYTES = 2_000_000_000L;

  @Test
  void aLogOfTwoGigabytesIsDeliveredInLittleMemory(@TempDir Path home, TestReporter reporter)
      throws Exception {
    int records = writeLog(home.resolve("app.log"));
    long start = System.nanoTime();
    Process process =
        new Program(home, "-Xmx128m").start("run", "--from", "file:app.log", "--to", "dir:out");
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    reporter.publishEntry("records delivered in seconds", records + " in " + seconds);
    assertThat(process.exitValue()).isZero();
    assertThat(Material.books(home.resolve("out/ingest"))).isEqualTo(Material.numbers(0, records));
  }

  /** One line in ten counts something. */
  private static int writeLog(Path file) throws Exception {
    int records = 0;
    try (BufferedWriter log = Files.newBufferedWriter(file)) {
      for (long bytes = 0; bytes < BYTES; records++) {
        String line = Material.line(records);
        log.write(line);
        bytes += line.length();
        for (int i = 0; i < 9; i++) {
          String other =
              "2022-09-13T19:21:45.062Z INFO  GET /tiles/%d/%d.png 200 in %d ms, %d bytes, from 203.0.113.%d\n"
                  .formatted(i, records, i * 7, records * 31L, i);
          log.write(other);
          bytes += other.length();
        }
      }
    }
    return records;
  }
}
