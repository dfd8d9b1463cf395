package io.meterline.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code meterline run --follow} over a log that is written and rotated all the time, while the
 * system kills it again and again.
 */
final class FollowedLogTest {
  private static final int KILLS = Integer.getInteger("meterline.follow.kills", 6);
  private static final int LINES = 40;

  /** As many as are rotated: what is deleted before it was read is lost. */
  private static final int KEPT = 4 * KILLS + 4;

  private final Path home;
  private final Path out;
  private final Path log;
  private final Program program;
  private int written;

  FollowedLogTest(@TempDir(factory = InMemory.class) Path home) throws IOException {
    Files.createDirectories(home.resolve("logs"));
    this.home = home;
    this.out = home.resolve("out");
    this.log = home.resolve("logs/app.log");
    this.program = new Program(home);
  }

  /** How a log is rotated. */
  enum Way {
    RENAME,
    COPY_AND_TRUNCATE
  }

  @ParameterizedTest
  @EnumSource
  void killedWhileTheLogIsRotatedEachRecordIsThereOnce(Way way, TestReporter reporter)
      throws Exception {
    long seed = Long.getLong("meterline.kill.seed", System.nanoTime());
    reporter.publishEntry("meterline.kill.seed", Long.toString(seed));
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start();
      int before = delivered();
      boolean waits = kill % 3 > 0;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      int rounds = 3 + random.nextInt(20);
      int rotations = 0;
      for (int i = 0; i < rounds || (waits && delivered() == before); i++) {
        assertThat(System.nanoTime()).as("seed %d: it delivers", seed).isLessThan(end);
        assertThat(process.isAlive()).as(program.words()).isTrue();
        write(1 + random.nextInt(LINES));
        // A log is known from when it was first seen, and rotated files are kept for a while.
        if (random.nextInt(8) == 0 && rotations < 4 && delivered() > 0) {
          rotate(way);
          rotations++;
        }
        process.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      assertThat(delivered()).as("seed %d", seed).isLessThanOrEqualTo(written);
    }
    Process last = start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (delivered() < written && System.nanoTime() < end) {
      assertThat(last.waitFor(50, TimeUnit.MILLISECONDS)).as(program.words()).isFalse();
    }
    last.toHandle().destroy();
    assertThat(last.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).as("128 and SIGTERM").isEqualTo(143);
    List<Integer> books = Material.books(out.resolve("ingest"));
    for (int number = 0; number < written; number++) {
      assertThat(Collections.frequency(books, number))
          .as("record %d of %d, seed %d: %s", number, written, seed, program.words())
          .isOne();
    }
    assertThat(books).hasSize(written);
  }

  @Test
  void aFolderThatIsMissingForAWhileIsNamedOnceAndFollowedAgain() throws Exception {
    write(3);
    Process process =
        program.start(
            "run",
            "--follow",
            "--batch-seconds",
            "1",
            "--from",
            "file:logs/*.log",
            "--to",
            "dir:out");
    await(process, 3);
    Path away = home.resolve("away");
    Path logs = home.resolve("logs");
    Files.move(logs, away);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!program.words().contains("logs: no such file or folder")) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).as(program.words()).isFalse();
      assertThat(System.nanoTime()).isLessThan(end);
    }
    Files.move(away, logs);
    write(2);
    await(process, 5);
    process.toHandle().destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(program.words()).containsOnlyOnce("no such file or folder");
    assertThat(Material.books(out.resolve("ingest"))).isEqualTo(Material.numbers(0, 5));
  }

  @Test
  void toldToEndItDeliversWhatWasWrittenAndCounts() throws Exception {
    write(3);
    Process process =
        program.start("run", "--follow", "--from", "file:logs/*.log", "--to", "dir:out");
    await(process, 3);
    write(2);
    process.toHandle().destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("128 and SIGTERM").isEqualTo(143);
    assertThat(Material.books(out.resolve("ingest"))).isEqualTo(Material.numbers(0, 5));
    assertThat(program.words().lines()).last().asString().contains("records=5 quarantined=0");
  }

  @Test
  void ctrlCDeliversWhatWasWrittenAndCounts() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "signals need a kill");
    write(3);
    Process process =
        program.startPiped("run", "--follow", "--from", "file:logs/*.log", "--to", "dir:out");
    try (BufferedReader words = process.errorReader()) {
      while (delivered() < 3) {
        assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("it has ended").isFalse();
      }
      write(2);
      new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("128 and SIGINT").isEqualTo(130);
      assertThat(words.lines()).last().asString().contains("records=5 quarantined=0");
    } finally {
      process.destroyForcibly();
    }
    assertThat(Material.books(out.resolve("ingest"))).isEqualTo(Material.numbers(0, 5));
  }

  @Test
  void aFileThatIsNotThereYetIsAwaited() throws Exception {
    Process process =
        program.start("run", "--follow", "--from", "file:logs/app.log", "--to", "dir:out");
    process.waitFor(10, TimeUnit.MILLISECONDS);
    write(1);
    await(process, 1);
    process.toHandle().destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void standardInputIsNotFollowed() throws Exception {
    Program.Ended ended = program.run("run", "--follow", "--from", "-", "--to", "dir:out");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).first().asString().startsWith("meterline: --follow is for files");
  }

  private void await(Process process, int records) throws Exception {
    while (delivered() < records) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as(program.words()).isFalse();
    }
  }

  private Process start() throws IOException {
    return program.start(
        "run",
        "--follow",
        "--batch-seconds",
        "1",
        "--batch-records",
        "100",
        "--from",
        "file:logs/app.log",
        "--to",
        "dir:out");
  }

  /** How many records are there; the program is writing meanwhile, and renames what it wrote. */
  private int delivered() throws IOException {
    while (true) {
      try {
        return Material.books(out.resolve("ingest")).size();
      } catch (NoSuchFileException | UncheckedIOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private void write(int lines) throws IOException {
    Files.writeString(log, Material.lines(written, written + lines), CREATE, APPEND);
    written += lines;
  }

  /** As logrotate does; nothing is written between the copy and the truncation. */
  private void rotate(Way way) throws IOException {
    for (int i = KEPT; i > 1; i--) {
      Path older = log.resolveSibling("app.log." + (i - 1));
      if (Files.exists(older)) {
        Files.move(older, log.resolveSibling("app.log." + i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path first = log.resolveSibling("app.log.1");
    if (Files.exists(log)) {
      switch (way) {
        case RENAME -> Files.move(log, first);
        case COPY_AND_TRUNCATE -> {
          Files.copy(log, first, StandardCopyOption.COPY_ATTRIBUTES);
          Files.write(log, List.<String>of(), TRUNCATE_EXISTING);
        }
      }
    }
  }
}
