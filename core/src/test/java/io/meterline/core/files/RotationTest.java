package io.meterline.core.files;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.delivery.DeliveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that are rotated between two runs. */
final class RotationTest {
  private final Bench bench;
  private int minutes;

  RotationTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.log.1", "app.log-20221113", "app-20221113.log", "app.log.old"})
  void whatWasWrittenBeforeTheRotationIsDeliveredFirst(String rotated) throws IOException {
    write(lines(0, 3));
    bench.run();
    write(lines(3, 5));
    Files.move(bench.log(), bench.file(rotated));
    write(lines(5, 6));
    assertThat(bench.run().records()).isEqualTo(3);
    assertThat(
            bench
                .run(bench.file(rotated), Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine())
                .isNothingNew())
        .isTrue();
    assertThat(bench.run().isNothingNew()).isTrue();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
    assertThat(bench.notices()).isEmpty();
  }

  @Test
  void aCopyThatWasCompressedBeforeTheLogWasEmptiedIsRead() throws IOException {
    write(lines(0, 3));
    bench.run();
    Files.write(bench.file("app.log.1.gz"), gzip(utf8(lines(0, 5))));
    Files.writeString(bench.log(), lines(5, 6));
    assertThat(bench.run().records()).isEqualTo(3);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
  }

  @Test
  void aLogThatIsALinkIsReadToItsEndWhereTheFileItLedToIsRotated() throws IOException {
    Path pods = Files.createDirectory(bench.file("pods"));
    Path file = Files.writeString(pods.resolve("0.log"), lines(0, 3));
    Files.createSymbolicLink(bench.log(), file);
    bench.run();
    Files.writeString(file, lines(3, 5), APPEND);
    Files.move(file, pods.resolve("0.log.20261129-100000"));
    Files.writeString(file, lines(5, 6));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
    assertThat(bench.notices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.log.old", "app.log.9", "app.log-last", "app.log.0", "app.log.x1"})
  void aLinkToNothingBesideTheLogHidesNoRotatedFile(String link) throws IOException {
    Files.createSymbolicLink(bench.file(link), bench.file("gone"));
    write(lines(0, 1));
    bench.run();
    write(lines(1, 3));
    for (int i = 0; i < 4; i++) {
      rotate(5);
      write(lines(3 + i, 4 + i));
    }
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 7));
  }

  @Test
  void linksThatLeadToEachOtherAreNoRotatedFiles() throws IOException {
    write(lines(0, 1));
    bench.run();
    write(lines(1, 3));
    rotate(2);
    write(lines(3, 4));
    Files.createSymbolicLink(bench.file("app.log.8"), bench.file("app.log.old"));
    Files.createSymbolicLink(bench.file("app.log.old"), bench.file("app.log.8"));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 4));
  }

  @Test
  void anEmptyLogThatIsCompressedHasNothingToDeliver() throws IOException {
    Path packed = Files.write(bench.file("app.log.1.gz"), gzip(new byte[0]));
    write(lines(0, 1));
    for (Path file : List.of(packed, bench.log())) {
      DeliveryReport report = bench.run(file, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
      assertThat(report.quarantined()).isZero();
    }
    assertThat(
            bench.run(packed, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine()).isNothingNew())
        .isTrue();
    assertThat(bench.notices()).isEmpty();
    assertThat(bench.records()).containsExactlyElementsOf(records(0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "app.log.1,              app.log",
    "app.log-20221113,       app.log",
    "app-20221113.log.gz,    app.log",
    "app.log.2022-11-13T10,  app.log",
    "app.log.10,             app.log app.log.1",
    "app.log,                ''",
    "app.log.old,            ''",
    "7.log,                  ''",
  })
  void theNameTellsWhichLogAFileWas(String file, String logs) {
    List<String> names = RotatedNames.logs(Path.of(file)).stream().map(Path::toString).toList();
    if (logs.isEmpty()) {
      assertThat(names).isEmpty();
    } else {
      assertThat(names)
          .containsAll(List.of(logs.split(" ", -1)))
          .startsWith(List.of(logs.split(" ", -1)).getFirst());
    }
  }

  @Test
  void rotatedFilesThatAreNamedTooAreReadOnceHoweverShort() throws IOException {
    write(lines(0, 1));
    rotate(2);
    write(lines(1, 2));
    rotate(2);
    write(lines(2, 3));
    for (int round = 0; round < 3; round++) {
      for (String name : List.of("app.log", "app.log.1", "app.log.2")) {
        bench.run(bench.file(name), Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
      }
      assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3 + round));
      rotate(9);
      write(lines(3 + round, 4 + round));
    }
    assertThat(bench.notices()).isEmpty();
  }

  @Test
  void aCopyOfARotatedFileThatHasMoreLinesIsReadOn() throws IOException {
    write(lines(0, 30));
    bench.run();
    rotate(1);
    write(lines(30, 31));
    bench.run();
    Files.writeString(bench.file("app.log.2"), lines(0, 30) + lines(40, 42));
    bench.run();
    assertThat(bench.records()).hasSize(33).containsAll(records(40, 42));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30})
  void aFileThatWasDeliveredUnderItsOwnPathIsNotDeliveredAgainAsARotatedOne(int length)
      throws IOException {
    Path other = Files.writeString(bench.file("app-1.log"), lines(100, 100 + length));
    bench.run(other, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    write(lines(0, 1));
    bench.run();
    Files.writeString(other, lines(200, 201), APPEND);
    Files.setLastModifiedTime(other, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    write(lines(1, 2));
    rotate(1);
    write(lines(2, 3));
    bench.run();
    bench.run(other, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    assertThat(bench.records()).hasSize(length + 4).doesNotHaveDuplicates();
  }

  @Test
  void aRotatedFileThatIsBeingCompressedIsAnErrorUntilItIsWhole() throws IOException {
    write(lines(0, 3));
    bench.run();
    byte[] whole = gzip(utf8(lines(10, 500)));
    Path zipped = Files.write(bench.file("app.log.2.gz"), Arrays.copyOf(whole, 200));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> bench.run(zipped, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine()))
        .withMessageContaining("app.log.2.gz: the gzip data has no end");
    Files.write(zipped, whole);
    bench.run(zipped, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    assertThat(bench.records()).hasSize(3 + 490);
  }

  @Test
  void theRotatedFileMayBeReadFirst() throws IOException {
    write(lines(0, 30));
    bench.run();
    write(lines(30, 35));
    Path rotated = Files.move(bench.log(), bench.file("app-1.log"));
    write(lines(35, 36));
    bench.run(rotated, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 36));
  }

  @Test
  void severalRotationsBetweenTwoRunsLoseNothing() throws IOException {
    write(lines(0, 3));
    bench.run();
    write(lines(3, 5));
    rotate(3);
    write(lines(5, 8));
    rotate(3);
    write(lines(8, 9));
    rotate(3);
    write(lines(9, 12));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 12));
    for (int i = 1; i <= 3; i++) {
      Path old = bench.file("app.log." + i);
      assertThat(bench.run(old, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine()).isNothingNew())
          .isTrue();
    }
    assertThat(bench.run().isNothingNew()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aCopyThatIsBeingMadeIsNoOtherLogAlsoWhereTheFirstRunWasKilled(int step) throws IOException {
    write(lines(0, 3));
    bench.runKilledAt(step, Bench.CUTS_OF_TWO);
    // As logrotate's copytruncate leaves it for a moment: complete, but with a time of its own.
    Path copy = Files.copy(bench.log(), bench.file("app.log.1"));
    Files.setLastModifiedTime(copy, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aLogThatIsFoundAgainAfterItsFirstRunWasKilledIsDeliveredToItsEnd(int step)
      throws IOException {
    write(lines(0, 3));
    bench.runKilledAt(step, Bench.CUTS_OF_TWO);
    Path away = Files.move(bench.log(), bench.file("away"));
    write(lines(3, 4));
    bench.run();
    rotate(1);
    write(lines(4, 5));
    bench.run();
    Path found = Files.move(away, bench.file("app.log.3"));
    Files.setLastModifiedTime(found, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void anOlderLogThatWasThereBeforeTheFirstRunIsLeftAlone() throws IOException {
    Files.writeString(bench.file("app.log.2"), lines(100, 110));
    Files.setLastModifiedTime(bench.file("app.log.2"), FileTime.fromMillis(1_000));
    write(lines(0, 3));
    bench.run();
    rotate(1);
    write(lines(3, 4));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 4));
  }

  @Test
  void linesThatAreWrittenToTheOldFileStillAreDelivered() throws IOException {
    write(lines(0, 3));
    bench.run();
    rotate(1);
    write(lines(3, 4));
    bench.run();
    Files.writeString(bench.file("app.log.1"), lines(4, 6), APPEND);
    assertThat(bench.run().records()).isEqualTo(2);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
  }

  @Test
  void aLastLineThatNeverEndedIsDelivered() throws IOException {
    write(lines(0, 3));
    bench.run();
    write(message(3));
    rotate(1);
    write(lines(4, 5));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void whereTheOldFileIsGoneThatIsSaid() throws IOException {
    write(lines(0, 3));
    bench.run();
    Files.delete(bench.log());
    write(lines(3, 4));
    assertThat(bench.run().records()).isEqualTo(1);
    assertThat(bench.notices())
        .singleElement()
        .asString()
        .startsWith(bench.log() + ": has new content, and no rotated file beside it holds")
        .endsWith("If it was edited, its records are counted again");
  }

  @Test
  void theBackupThatAnEditorLeavesIsNoRotation() throws IOException {
    write(lines(0, 30));
    bench.run();
    Files.copy(bench.log(), bench.file("app.log.bak"));
    Files.writeString(bench.log(), lines(0, 30).replace("\"r7\"", "\"x\""));
    try {
      bench.run();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("changed in place");
    }
    assertThat(bench.records()).hasSize(30);
  }

  private void write(String text) throws IOException {
    if (Files.notExists(bench.log())) {
      Files.createFile(bench.log());
    }
    Files.writeString(bench.log(), text, APPEND);
    Files.setLastModifiedTime(bench.log(), FileTime.fromMillis(60_000L * ++minutes));
  }

  private void rotate(int kept) throws IOException {
    for (int i = kept; i > 1; i--) {
      if (Files.exists(bench.file("app.log." + (i - 1)))) {
        Files.move(bench.file("app.log." + (i - 1)), bench.file("app.log." + i));
      }
    }
    Files.move(bench.log(), bench.file("app.log.1"));
  }
}
