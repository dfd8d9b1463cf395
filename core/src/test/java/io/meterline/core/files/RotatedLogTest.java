package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs that are written, rotated and delivered in random steps, by processes that are killed. */
final class RotatedLogTest {
  private static final int LOGS = Integer.getInteger("meterline.rotated.logs", 60);

  @ParameterizedTest
  @EnumSource
  void eachRecordIsDeliveredOnce(
      RotatedLog.Way way, TestReporter reporter, @TempDir(factory = InMemory.class) Path home)
      throws IOException {
    run(way, false, LOGS, reporter, home);
  }

  @ParameterizedTest
  @EnumSource
  void eachRecordIsDeliveredOnceIfAnotherThreadRotatesTheLog(
      RotatedLog.Way way, TestReporter reporter, @TempDir(factory = InMemory.class) Path home)
      throws IOException {
    run(way, true, LOGS / 4, reporter, home);
  }

  private static void run(
      RotatedLog.Way way, boolean concurrent, int logs, TestReporter reporter, Path home)
      throws IOException {
    long first = Long.getLong("meterline.rotated.seed", System.nanoTime());
    reporter.publishEntry("meterline.rotated.seed", Long.toString(first));
    for (long seed = first; seed < first + logs; seed++) {
      Path folder = Files.createDirectory(home.resolve(Long.toString(seed)));
      new RotatedLog(folder, way, seed, concurrent).run();
    }
  }
}
