package io.meterline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.store.WriterBounds;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that loads, at random times, until all is loaded; again and again. {@code
 * -Dledger.kills=100} kills a hundred times, {@code -Dledger.seed=…} at other times.
 */
final class LedgerKillTest {
  private static final int KILLS = Integer.getInteger("ledger.kills", 6);
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final int OBJECTS = 40;
  private static final int RECORDS = 500;
  private static final long TIME = 1_792_886_400_000L;

  @TempDir private Path folder;

  @Test
  void killedAtAnyPointTheLedgerHasEachObjectOrNotAndAllInTheEnd() throws Exception {
    Random random = new Random(SEED);
    Path objects = folder.resolve("objects");
    write(objects, random);
    int kills = 0;
    int midway = 0;
    for (int round = 0; kills < KILLS; round++) {
      Path file = folder.resolve("ledger-" + round);
      boolean finished = false;
      while (!finished) {
        finished = !runAndKill(file, objects, random, kills < KILLS);
        kills += finished ? 0 : 1;
        try (Ledger ledger = Ledger.open(file, settings())) {
          LedgerStatus status = ledger.status();
          assertThat(status.rows()).as("whole objects").isEqualTo(status.objects() * RECORDS);
          assertThat(sum(ledger))
              .as("sum of %d objects, kill %d, seed %d", status.objects(), kills, SEED)
              .isEqualTo(status.objects() * RECORDS);
          midway += status.objects() > 0 && status.objects() < OBJECTS ? 1 : 0;
          finished |= status.objects() == OBJECTS;
        }
      }
      try (Ledger ledger = Ledger.open(file, settings())) {
        ledger.load(new Folder(objects), LoadListener.NONE);
        assertThat(ledger.status().objects()).isEqualTo(OBJECTS);
        assertThat(sum(ledger)).isEqualTo(OBJECTS * RECORDS);
      }
    }
    System.out.printf(
        "killed %d times, %d of them with a part loaded, seed %d%n", kills, midway, SEED);
  }

  /** Whether the process was killed before its end. */
  private static boolean runAndKill(Path file, Path objects, Random random, boolean kill)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProcess.class.getName(),
                file.toString(),
                objects.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader words = process.inputReader()) {
      // Opening is a point of its own to be killed at, now and then.
      if (random.nextInt(8) != 0) {
        words.readLine();
      }
      if (kill && !process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        return true;
      }
      process.waitFor();
      return false;
    }
  }

  private static void write(Path objects, Random random) throws IOException {
    Files.createDirectories(objects);
    for (int object = 0; object < OBJECTS; object++) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < RECORDS; i++) {
        String customer = "c" + random.nextInt(50);
        String id = "%016x%016x".formatted((long) object, (long) i);
        body.append(Records.json("m", customer, TIME + i, "1", id)).append('\n');
      }
      Files.writeString(objects.resolve("object-%03d.ndjson".formatted(object)), body);
    }
  }

  private static long sum(Ledger ledger) throws IOException {
    if (ledger.status().rows() == 0) {
      return 0;
    }
    UsageQuery query =
        new UsageQuery(
            "m",
            Instant.ofEpochMilli(TIME),
            Instant.ofEpochMilli(TIME + RECORDS),
            WindowSize.NONE,
            ZoneOffset.UTC,
            List.of(),
            Map.of(),
            OptionalInt.empty(),
            false);
    Usage usage = ledger.usage(query, UsageLimits.DEFAULT);
    return new BigDecimal(usage.rows().getFirst().plainValue()).longValueExact();
  }

  private static LedgerSettings settings() {
    return new LedgerSettings(
        "200MB", 2, WriterBounds.DEFAULT, Limits.DEFAULT, InstantSource.system());
  }
}
