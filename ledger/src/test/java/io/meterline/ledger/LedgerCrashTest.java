package io.meterline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meterline.core.Limits;
import io.meterline.ledger.place.Folder;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import io.meterline.ledger.store.WriterBounds;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a ledger is after its end came in the middle of loading. {@code -Dledger.images=1000} looks
 * at more moments, {@code -Dledger.seed=…} at others.
 */
final class LedgerCrashTest {
  private static final int IMAGES = Integer.getInteger("ledger.images", 100);
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final long TIME = 1_792_886_400_000L;
  private static final int OBJECTS = 9;

  @TempDir private Path folder;

  /**
   * A process that is killed leaves its files as they are. So they are copied, at random moments
   * within objects as well as between them, and the copies opened.
   */
  @Test
  void whateverMomentItsFilesAreFromEachObjectIsInOrOut() throws IOException {
    Random random = new Random(SEED);
    List<Path> images = new ArrayList<>();
    int midway = 0;
    for (int round = 0; images.size() < IMAGES; round++) {
      Path file = Files.createDirectory(folder.resolve("round-" + round)).resolve("ledger");
      // Small bounds: some objects share a write, and some need several.
      int rows = 1 + random.nextInt(120);
      MemoryPlace place = new MemoryPlace();
      for (int object = 0; object < OBJECTS; object++) {
        place.put("%02d.ndjson".formatted(object), body(object, 1 << object));
      }
      int before = images.size();
      try (Ledger ledger = Ledger.open(file, settings(rows))) {
        ledger.load(new Photographed(place, random, file, images), LoadListener.NONE);
      }
      for (Path image : images.subList(before, images.size())) {
        midway += check(image, place, rows) ? 1 : 0;
      }
    }
    System.out.printf("%d images, %d of them with a part loaded%n", images.size(), midway);
    assertThat(midway).isPositive();
  }

  /** Whether some of the objects were in, and others not. */
  private static boolean check(Path image, MemoryPlace place, int rows) throws IOException {
    try (Ledger ledger = Ledger.open(image, settings(rows))) {
      long inside = sum(ledger);
      long objects = ledger.status().objects();
      // Object n has 2^n records of value 1, so that the sum tells which objects are in.
      assertThat(Long.bitCount(inside)).as("%s, seed %d", image, SEED).isEqualTo((int) objects);
      assertThat(ledger.status().rows()).isEqualTo(inside);
      ledger.load(place, LoadListener.NONE);
      assertThat(sum(ledger)).isEqualTo((1 << OBJECTS) - 1);
      return objects > 0 && objects < OBJECTS;
    } finally {
      Files.delete(image);
    }
  }

  @Test
  void onAFullDiskItSaysSoAndGoesOnLater() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "there is no prlimit here");
    Path objects = Files.createDirectory(folder.resolve("objects"));
    for (int object = 0; object < 40; object++) {
      Files.writeString(objects.resolve("%02d.ndjson".formatted(object)), body(object, 500));
    }
    Path file = folder.resolve("ledger");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProcess.class.getName(),
                file.toString(),
                objects.toString(),
                "700000")
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(words).isEqualTo(1);
    assertThat(words).contains("File too large").contains("what is loaded stays");
    try (Ledger ledger = Ledger.open(file, settings(2000))) {
      long there = ledger.status().objects();
      assertThat(there).isBetween(1L, 39L);
      assertThat(sum(ledger)).isEqualTo(500 * there);
      ledger.load(new Folder(objects), LoadListener.NONE);
      assertThat(sum(ledger)).isEqualTo(500 * 40);
    }
  }

  private static String body(int object, int records) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < records; i++) {
      String id = "%016x%016x".formatted((long) object, (long) i);
      body.append(Records.json("m", "c" + i % 7, TIME + i, "1", id)).append('\n');
    }
    return body.toString();
  }

  private static long sum(Ledger ledger) throws IOException {
    if (ledger.status().rows() == 0) {
      return 0;
    }
    UsageQuery query =
        new UsageQuery(
            "m",
            Instant.ofEpochMilli(TIME),
            Instant.ofEpochMilli(TIME).plusSeconds(86_400),
            WindowSize.NONE,
            ZoneOffset.UTC,
            List.of(),
            Map.of(),
            OptionalInt.empty(),
            false);
    return Long.parseLong(ledger.usage(query, UsageLimits.DEFAULT).rows().getFirst().plainValue());
  }

  private static LedgerSettings settings(int rows) {
    return new LedgerSettings(
        "200MB", 1, new WriterBounds(rows, 1000), Limits.DEFAULT, InstantSource.system());
  }

  /** A place at whose objects' reading the ledger's files are copied, now and then. */
  private record Photographed(MemoryPlace real, Random random, Path file, List<Path> images)
      implements ObjectSource {
    @Override
    public String place() {
      return real.place();
    }

    @Override
    public Stream<PlacedObject> objects() {
      return real.objects();
    }

    @Override
    public InputStream open(String key) throws IOException {
      return new FilterInputStream(real.open(key)) {
        @Override
        public int read(byte[] target, int from, int length) throws IOException {
          if (random.nextInt(3) == 0 && images.size() < IMAGES) {
            images.add(copy());
          }
          return super.read(target, from, Math.min(length, 1 + random.nextInt(8_000)));
        }
      };
    }

    private Path copy() throws IOException {
      Path image = file.resolveSibling("image-" + images.size());
      Files.copy(file, image);
      Path log = Path.of(file + ".wal");
      if (Files.exists(log)) {
        Files.copy(log, Path.of(image + ".wal"));
      }
      return image;
    }
  }
}
