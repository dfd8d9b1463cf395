package io.meterline.core.files;

import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.records;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in which lines that were delivered are changed. */
final class ChangedFileTest {
  private static final int LARGE = 12_000;

  private final Bench bench;

  ChangedFileTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @Test
  void aLineMadeLongerIsRefusedAndNothingIsDeliveredAgain() throws IOException {
    String log = lines(0, 4) + "meter_record_for_cw {}\n" + lines(5, 20);
    delivered(log);
    refused(log.replace("meter_record_for_cw {}", message(4)), lines(0, 4).length());
  }

  @Test
  void aLineOfTheSameLengthIsRefused() throws IOException {
    delivered(lines(0, 20));
    refused(lines(0, 20).replace("\"meterValue\":3,", "\"meterValue\":7,"), lines(0, 3).length());
  }

  @Test
  void aLineThatWasRemovedIsRefused() throws IOException {
    for (int line : new int[] {0, 9, 19}) {
      Bench other = new Bench(Files.createDirectory(bench.file("line " + line)));
      Files.writeString(other.log(), lines(0, 20));
      other.run();
      Files.writeString(other.log(), lines(0, line) + lines(line + 1, 20));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(other::run)
          .withMessageContaining("changed in place after it was delivered");
      assertThat(other.records()).hasSize(20);
    }
  }

  @Test
  void anEditThatReplacesTheFileIsRefused() throws IOException {
    delivered(lines(0, 20));
    Path edited = bench.file("sedXYZ");
    Files.writeString(edited, lines(0, 20).replace("\"r5\"", "\"other\""));
    Files.move(edited, bench.log(), StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(IOException.class).isThrownBy(bench::run);
    assertThat(bench.records()).hasSize(20);
  }

  @Test
  void onlyTheEndOfALogThatWasKeptIsRefused() throws IOException {
    delivered(lines(0, 2_000));
    Files.writeString(bench.log(), lines(1_990, 2_000));
    assertThatExceptionOfType(IOException.class).isThrownBy(bench::run);
    assertThat(bench.records()).hasSize(2_000);
  }

  @Test
  void aLogWhoseLineEndsWereConvertedIsRefused() throws IOException {
    delivered(lines(0, 20));
    refused(lines(0, 20).replace("\n", "\r\n"), lines(0, 3).length());
  }

  @Test
  void aBeginningThatWasRestoredIsRefused() throws IOException {
    for (int records : new int[] {20, 2_000, LARGE}) {
      Bench other = new Bench(Files.createDirectory(bench.file("of " + records)));
      Files.writeString(other.log(), lines(0, records));
      other.run();
      String beginning = lines(0, records / 10 + 8);
      for (String log : List.of(beginning, beginning.substring(0, beginning.length() - 5))) {
        Files.writeString(other.log(), log);
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(other::run)
            .withMessageContaining("changed in place after it was delivered");
        assertThat(other.records()).hasSize(records);
      }
    }
  }

  @Test
  void aShorterLogThatStartsWithTheSameBannerIsAnother() throws IOException {
    String banner = ("-".repeat(99) + "\n").repeat(20);
    delivered(banner + lines(0, 200));
    Files.writeString(bench.log(), banner + lines(500, 510));
    assertThat(bench.run().records()).isEqualTo(10);
  }

  @Test
  void aLongerLineAnywhereInALargeFileIsRefused() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    delivered(lines(0, LARGE));
    for (int i = 0; i < 10; i++) {
      int line = random.nextInt(LARGE);
      String log = lines(0, line) + "x" + lines(line, LARGE);
      Files.writeString(bench.log(), log);
      assertThatExceptionOfType(IOException.class)
          .as("seed %d, line %d", seed, line)
          .isThrownBy(bench::run);
    }
    Files.writeString(bench.log(), lines(0, LARGE + 1));
    assertThat(bench.run().records()).isEqualTo(1);
  }

  @Test
  void restoredItGoesOn() throws IOException {
    delivered(lines(0, 20));
    refused(lines(0, 20).replace("\"r5\"", "\"x5\""), lines(0, 5).length());
    Files.writeString(bench.log(), lines(0, 22));
    assertThat(bench.run().records()).isEqualTo(2);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 22));
  }

  @Test
  void acceptedItGoesOnBehindTheLastDeliveredLine() throws IOException {
    delivered(lines(0, 20));
    Files.writeString(bench.log(), "a new line\n" + lines(1, 23));
    Bench accepting = bench.with(true, false);
    assertThat(accepting.run().records()).isEqualTo(3);
    assertThat(accepting.notices())
        .singleElement()
        .asString()
        .endsWith(
            "delivery continues at byte %d, after the last delivered line"
                .formatted("a new line\n".length() + lines(1, 20).length()));
    Files.writeString(bench.log(), lines(23, 24), APPEND);
    assertThat(bench.run().records()).isEqualTo(1);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 24));
  }

  @Test
  void acceptedWithItsLastLineChangedItGoesOnAtItsEnd() throws IOException {
    delivered(lines(0, 20));
    Files.writeString(bench.log(), lines(0, 19) + "the last\nand half");
    Bench accepting = bench.with(true, false);
    assertThat(accepting.run().records()).isZero();
    assertThat(accepting.notices()).singleElement().asString().endsWith("where its last line ends");
    Files.writeString(bench.log(), " " + message(20) + "\n", APPEND);
    assertThat(bench.run().records()).isEqualTo(1);
  }

  @Test
  void whatAnEditorAppendsIsDelivered() throws IOException {
    delivered(lines(0, 20));
    Path edited = bench.file("4913");
    Files.writeString(edited, lines(0, 21));
    Files.move(edited, bench.log(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(bench.run().records()).isEqualTo(1);
  }

  @Test
  void aNewLogWithTheSameBannerIsNoChange() throws IOException {
    String banner = "the usual banner\nof two lines\n";
    delivered(banner + lines(0, 5));
    Files.writeString(bench.log(), banner + lines(5, 8));
    assertThat(bench.run().records()).isEqualTo(3);
  }

  @Test
  void aFileThatNothingWasDeliveredFromMayChange() throws IOException {
    Files.writeString(bench.log(), "one\ntwo\nthree\n");
    bench.run();
    Files.writeString(bench.log(), "two\nthree\n" + lines(0, 1));
    assertThat(bench.run().records()).isEqualTo(1);
  }

  private void delivered(String log) throws IOException {
    Files.writeString(bench.log(), log);
    bench.run();
  }

  private void refused(String log, int at) throws IOException {
    List<Path> before = bench.objects();
    Files.writeString(bench.log(), log);
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(bench::run)
          .withMessageStartingWith(bench.log() + ": changed in place")
          .withMessageContaining("first near byte " + at + ":")
          .withMessageContaining("--accept-changed");
    }
    assertThat(bench.objects()).isEqualTo(before);
  }
}
