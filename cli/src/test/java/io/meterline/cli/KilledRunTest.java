package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code meterline run}, killed by the system again and again. {@code -Dmeterline.run.kills=250}
 * kills more often.
 */
final class KilledRunTest {
  private static final int KILLS = Integer.getInteger("meterline.run.kills", 20);
  private static final int RECORDS = 10_000 * KILLS;

  private final Path home;
  private final Path out;
  private final Program program;

  KilledRunTest(@TempDir(factory = InMemory.class) Path home) {
    this.home = home;
    this.out = home.resolve("out");
    this.program = new Program(home);
  }

  @Test
  void killedAtAnyMomentAndStartedAgainEachRecordIsThereOnce(TestReporter reporter)
      throws Exception {
    long seed = Long.getLong("meterline.kill.seed", System.nanoTime());
    reporter.publishEntry("meterline.kill.seed", Long.toString(seed));
    Random random = new Random(seed);
    writeLog();
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start();
      if (i % 4 > 0) {
        untilItDelivers(process);
      }
      process.waitFor(random.nextInt(i % 4 > 0 ? 30 : 300), TimeUnit.MILLISECONDS);
      if (process.isAlive()) {
        killed++;
      }
      process.destroyForcibly().waitFor();
    }
    assertThat(killed).as("seed %d", seed).isGreaterThan(KILLS / 2);
    Process last = start();
    assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).isZero();
    assertThat(Material.books(out.resolve("ingest")))
        .as("seed %d", seed)
        .isEqualTo(Material.numbers(0, RECORDS));
    assertThat(Material.files(out)).noneMatch(file -> file.toString().endsWith(".tmp"));
    assertThat(Files.readAllLines(Material.files(out.resolve("quarantine")).getFirst()))
        .as("seed %d", seed)
        .hasSize(1);
  }

  private Process start() throws Exception {
    return program.start(
        "run", "--from", "file:app.log", "--to", "dir:out", "--batch-records", "500");
  }

  /** Until there is one object more than there was, or the process has ended. */
  private void untilItDelivers(Process process) throws Exception {
    int before = Material.files(out).size();
    while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
      if (Material.files(out).size() > before) {
        return;
      }
    }
  }

  private void writeLog() throws Exception {
    try (BufferedWriter log = Files.newBufferedWriter(home.resolve("app.log"))) {
      for (int i = 0; i < RECORDS; i++) {
        log.write(Material.line(i));
        if (i == RECORDS / 2) {
          log.write("meter_record_for_cw {}\n");
        }
      }
    }
  }
}
