package io.meterline.core.files;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.PartLimits;
import io.meterline.core.delivery.DeliveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was delivered under one name, and is under another. */
final class CopiesTest {
  private final Bench bench;

  CopiesTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @Test
  void aLinkToAFileThatWasDeliveredIsThatFile() throws IOException {
    Files.writeString(bench.log(), lines(0, 1));
    bench.run();
    Path link = Files.createSymbolicLink(bench.file("current"), bench.log());
    assertThat(run(bench, link).isNothingNew()).isTrue();
    Files.writeString(bench.log(), lines(1, 2), APPEND);
    assertThat(run(bench, link).records()).isEqualTo(1);
    assertThat(bench.run().isNothingNew()).isTrue();
  }

  @Test
  void aFileInALinkedFolderIsThatFile() throws IOException {
    Path folder = Files.createDirectory(bench.file("logs"));
    Path file = Files.writeString(folder.resolve("app.log"), lines(0, 2));
    run(bench, file);
    Path linked = Files.createSymbolicLink(bench.file("linked"), folder);
    assertThat(run(bench, linked.resolve("app.log")).isNothingNew()).isTrue();
    assertThat(bench.records()).hasSize(2);
  }

  @Test
  void aRenamedFileGoesOnUnderItsOldName() throws IOException {
    Files.writeString(bench.log(), lines(0, 30));
    bench.run();
    Path other = Files.move(bench.log(), bench.file("other"));
    assertThat(run(bench, other).isNothingNew()).isTrue();
    Files.writeString(other, lines(30, 32), APPEND);
    assertThat(run(bench, other).records()).isEqualTo(2);
    assertThat(bench.notices())
        .singleElement()
        .asString()
        .isEqualTo(
            other
                + ": was "
                + bench.log()
                + " when its beginning was delivered; only what follows"
                + " is new");
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 32));
  }

  @Test
  void aFileThatIsRenamedAfterItsFirstRunWasKilledGoesOnUnderItsOldName() throws IOException {
    Files.writeString(bench.log(), lines(0, 30));
    bench.runKilledAt(3, new PartLimits(5, 1_000_000));
    run(bench, Files.move(bench.log(), bench.file("other")));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 30));
  }

  @Test
  void aCompressedFileGoesOnUnderItsOldName() throws IOException {
    Files.writeString(bench.log(), lines(0, 30));
    bench.run();
    Files.delete(bench.log());
    Path zipped = Files.write(bench.file("app.log.gz"), gzip(utf8(lines(0, 33))));
    assertThat(run(bench, zipped).records()).isEqualTo(3);
    assertThat(run(bench, zipped).isNothingNew()).isTrue();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 33));
  }

  @Test
  void aCopyOfAFileThatIsStillThereIsRefusedUnlessItIsAllowed() throws IOException {
    Files.writeString(bench.log(), lines(0, 30));
    bench.run();
    Path copy = Files.copy(bench.log(), bench.file("copy"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> run(bench, copy))
        .withMessageStartingWith(copy + ": a copy of " + bench.log() + ", which was delivered")
        .withMessageContaining("--allow-copies");
    assertThat(bench.records()).hasSize(30);
    assertThat(run(bench.with(false, true), copy).records()).isEqualTo(30);
    assertThat(run(bench, copy).isNothingNew()).as("it has its own checkpoint now").isTrue();
  }

  @Test
  void theCompressedFormBesideTheFileIsRefusedHoweverShort() throws IOException {
    Files.writeString(bench.log(), lines(0, 1));
    bench.run();
    Path zipped = Files.write(bench.file("app.log.gz"), gzip(utf8(lines(0, 1))));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(bench, zipped));
    Path inflated = Files.writeString(bench.file("later.log"), lines(7, 9));
    Path packed = Files.write(bench.file("later.log.gz"), gzip(utf8(lines(7, 9))));
    run(bench, packed);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(bench, inflated));
  }

  @Test
  void shortFilesThatAreAlikeAreFilesOfTheirOwn() throws IOException {
    Files.writeString(bench.log(), lines(0, 2));
    bench.run();
    Path other = Files.writeString(bench.file("other"), lines(0, 2));
    assertThat(run(bench, other).records()).isEqualTo(2);
    assertThat(bench.notices())
        .containsExactly(
            other
                + ": starts with all that was delivered from "
                + bench.log()
                + "; delivered too, as another file");
  }

  @Test
  void whatYieldedNothingHasNoCopies() throws IOException {
    String banner = "the usual banner\n".repeat(100);
    Files.writeString(bench.log(), banner);
    bench.run();
    Path other = Files.writeString(bench.file("other"), banner + lines(0, 1));
    assertThat(run(bench, other).records()).isEqualTo(1);
    assertThat(bench.notices()).isEmpty();
  }

  @Test
  void halfOfACompressedFormIsNotDeliveredAgain() throws IOException {
    Files.writeString(bench.log(), lines(0, 500));
    bench.run();
    Files.delete(bench.log());
    byte[] whole = gzip(utf8(lines(0, 500)));
    Path zipped = bench.file("app.log.1.gz");
    Files.write(zipped, Arrays.copyOf(whole, whole.length - 100));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(bench, zipped));
    Files.write(zipped, whole);
    assertThat(run(bench, zipped).isNothingNew()).isTrue();
    assertThat(bench.records()).hasSize(500);
  }

  private static DeliveryReport run(Bench bench, Path file) throws IOException {
    return bench.run(file, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
  }
}
