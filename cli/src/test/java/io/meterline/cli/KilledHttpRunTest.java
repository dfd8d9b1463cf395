package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerSettings;
import io.meterline.ledger.LedgerStatus;
import io.meterline.ledger.http.LedgerServer;
import java.io.BufferedWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code meterline run} posts to the ledger's own server, is killed again and again, and loses one
 * answer in ten. {@code -Dmeterline.http.kills=250} kills more often.
 */
final class KilledHttpRunTest {
  private static final int KILLS = Integer.getInteger("meterline.http.kills", 4);
  private static final int DROPPED_PERCENT = 10;

  /** So many for each kill that a killed run rarely was about to end. */
  private static final int RECORDS = 1_000 * (KILLS + 2);

  private final Path home;
  private final Program program;

  KilledHttpRunTest(@TempDir(factory = InMemory.class) Path home) {
    this.home = home;
    this.program = new Program(home);
  }

  @Test
  void killedAndLeftWithoutAnswersTheLedgerHasEachRecordOnce(TestReporter reporter)
      throws Exception {
    long seed = Long.getLong("meterline.kill.seed", System.nanoTime());
    reporter.publishEntry("meterline.kill.seed", Long.toString(seed));
    writeLog();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Ledger ledger = Ledger.open(home.resolve("usage"), LedgerSettings.DEFAULT);
        LedgerServer server = LedgerServer.start(ledger, address, "");
        AnswerDroppingProxy proxy = new AnswerDroppingProxy(server.port(), DROPPED_PERCENT, seed)) {
      int killed = killOften(ledger, proxy, new Random(seed));
      Process last = start(proxy);
      assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(last.exitValue()).as(program.words()).isZero();
      LedgerStatus status = ledger.status();
      assertThat(status.rows()).as("seed %d", seed).isEqualTo(RECORDS);
      assertThat(status.conflicts()).as("seed %d", seed).isZero();
      assertThat(status.quarantined()).as("seed %d", seed).isZero();
      assertThat(Material.files(home.resolve("state").resolve("quarantine"))).isEmpty();
      assertThat(killed).as("seed %d", seed).isEqualTo(KILLS);
      assertThat(proxy.dropped()).as("seed %d", seed).isPositive();
      System.out.printf(
          "killed %d times, %d answers dropped, %d records stored, %d duplicates, seed %d%n",
          killed, proxy.dropped(), status.rows(), status.duplicates(), seed);
    }
  }

  /** Returns how often a run was killed before its end. */
  private int killOften(Ledger ledger, AnswerDroppingProxy proxy, Random random) throws Exception {
    int killed = 0;
    while (killed < KILLS) {
      Process process = start(proxy);
      if (killed % 4 > 0) {
        untilItDelivers(process, ledger);
      }
      process.waitFor(random.nextInt(killed % 4 > 0 ? 60 : 400), TimeUnit.MILLISECONDS);
      if (!process.isAlive()) {
        assertThat(process.exitValue()).as(program.words()).isZero();
        break;
      }
      process.destroyForcibly().waitFor();
      killed++;
    }
    return killed;
  }

  private Process start(AnswerDroppingProxy proxy) throws Exception {
    return program.start(
        "run",
        "--from",
        "file:app.log",
        "--to",
        "http://127.0.0.1:%d/api/ingest".formatted(proxy.port()),
        "--state",
        "state",
        "--batch-records",
        "500");
  }

  /** Until the ledger has more rows than it had, or the process has ended. */
  private static void untilItDelivers(Process process, Ledger ledger) throws Exception {
    long before = ledger.status().rows();
    while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
      if (ledger.status().rows() > before) {
        return;
      }
    }
  }

  private void writeLog() throws Exception {
    try (BufferedWriter log = Files.newBufferedWriter(home.resolve("app.log"))) {
      for (int i = 0; i < RECORDS; i++) {
        log.write(Material.line(i));
      }
    }
  }
}
