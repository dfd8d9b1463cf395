package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code meterline ledger load} of a folder that holds one that can't be read: its path is longer
 * than the system allows, so that not even root can.
 */
final class UnreadableLoadTest {
  @TempDir private Path home;
  private Path place;

  @BeforeEach
  void make() throws Exception {
    place = Files.createDirectory(home.resolve("place"));
    Files.writeString(place.resolve("a.json"), Material.record(0));
    Path deep = Files.createDirectory(place.resolve("deep"));
    String name = "d".repeat(100);
    // The shell steps down until not even it can.
    run(
        "cd '%s'; while mkdir %s && cd %s; do :; done 2>/dev/null; true"
            .formatted(deep, name, name));
  }

  @AfterEach
  void remove() throws Exception {
    run("rm -rf '%s'".formatted(place));
  }

  @Test
  void itEndsWithOneNamesTheFolderAndLoadsTheRest() throws Exception {
    Program program = new Program(home);
    for (String strict : new String[] {"", "--strict"}) {
      Program.Ended ended =
          strict.isEmpty()
              ? program.run("ledger", "load", "--ledger", "usage", "place")
              : program.run("ledger", "load", strict, "--ledger", "usage", "place");
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).anyMatch(line -> line.matches(".*deep/d+.*can't be read: .*"));
      assertThat(ended.counts()).contains("failed=1");
    }
    assertThat(program.run("ledger", "status", "--ledger", "usage").out())
        .anyMatch(line -> line.matches("rows +1"));
  }

  private static void run(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
