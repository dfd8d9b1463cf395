package io.meterline.core.files;

import static io.meterline.core.input.Samples.gzip;
import static io.meterline.core.input.Samples.joined;
import static io.meterline.core.input.Samples.kinesisEvent;
import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.payload;
import static io.meterline.core.input.Samples.record;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.Delivery;
import io.meterline.core.PartLimits;
import io.meterline.core.delivery.DeliveryReport;
import io.meterline.core.find.Markers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileRunTest {
  private final Bench bench;

  FileRunTest(@TempDir(factory = InMemory.class) Path home) {
    bench = new Bench(home);
  }

  @Test
  void eachRecordIsDeliveredInBoundedObjects() throws IOException {
    Files.writeString(bench.log(), "begin\n" + lines(0, 5) + "end\n");
    assertThat(bench.run())
        .isEqualTo(new DeliveryReport(0, 7, 0, 5, Map.of(), new Delivery(3, 0), 0));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
    assertThat(bench.objects()).hasSize(3);
  }

  @Test
  void whatCantBeTakenIsQuarantinedWithItsCut() throws IOException {
    Files.writeString(bench.log(), lines(0, 1) + "meter_record_for_cw {}\n" + lines(1, 3));
    assertThat(bench.run().quarantined()).isEqualTo(1);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3));
    assertThat(bench.quarantined())
        .singleElement()
        .asString()
        .contains("\"reason\":\"missing-field\"", "\"message\":\"meter_record_for_cw {}\"");
  }

  @Test
  void runningAgainWritesNothingNew() throws IOException {
    Files.writeString(bench.log(), lines(0, 5) + "meter_record_for_cw {}\nend\n");
    bench.run();
    List<Path> before = bench.objects();
    DeliveryReport again = bench.run();
    assertThat(again.isNothingNew()).isTrue();
    assertThat(again.records()).isZero();
    assertThat(bench.objects()).isEqualTo(before);
  }

  @Test
  void runningAgainWithoutItsCheckpointsWritesNothingNew() throws IOException {
    Files.writeString(bench.log(), lines(0, 5) + "meter_record_for_cw {}\nend\n");
    bench.run();
    List<Path> before = bench.objects();
    Files.move(bench.checkpoints(), bench.file("lost"));
    assertThat(bench.run().delivery()).isEqualTo(new Delivery(0, before.size()));
    assertThat(bench.objects()).isEqualTo(before);
  }

  @Test
  void whatIsAppendedIsDeliveredOnce() throws IOException {
    Files.writeString(bench.log(), "");
    for (int i = 0; i < 6; i++) {
      Files.writeString(bench.log(), lines(i, i + 1) + "between\n", APPEND);
      assertThat(bench.run().records()).isEqualTo(1);
    }
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
  }

  @Test
  void optionsMayChangeBetweenRuns() throws IOException {
    Files.writeString(bench.log(), lines(0, 5));
    bench.run(new PartLimits(2, 1_000));
    Files.writeString(bench.log(), lines(5, 9), APPEND);
    bench.run(new PartLimits(100, 100_000));
    bench.run(new PartLimits(1, 1));
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 9));
  }

  @Test
  void aFileThatShrankIsAnotherOneAndReadFromItsStart() throws IOException {
    Files.writeString(bench.log(), lines(0, 5));
    bench.run();
    Files.writeString(bench.log(), lines(5, 7));
    bench.run();
    Files.writeString(bench.log(), lines(7, 8));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 8));
  }

  @Test
  void aFileThatStartsOtherwiseIsAnotherOneHoweverLongItIs() throws IOException {
    Files.writeString(bench.log(), lines(0, 5));
    bench.run();
    Files.writeString(bench.log(), lines(5, 30));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 30));
  }

  @Test
  void aFileThatWasShortWhenItWasFirstReadIsToldFromAnotherByMoreLater() throws IOException {
    Files.writeString(bench.log(), "begin\n");
    bench.run();
    Files.writeString(bench.log(), "begin\n" + lines(0, 5));
    bench.run();
    Files.writeString(bench.log(), "begin\n");
    Files.writeString(bench.log(), "begin\n" + lines(5, 30));
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 30));
  }

  @Test
  void aFileThatStartsAlikeForLongButGoesOnOtherwiseIsAnotherOne() throws IOException {
    String banner = "the usual banner of the application\n".repeat(100);
    Files.writeString(bench.log(), banner + lines(0, 5));
    bench.run();
    Files.writeString(bench.log(), banner + lines(5, 30));
    bench.run();
    Files.writeString(bench.log(), lines(30, 31), APPEND);
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 31));
  }

  @Test
  void theSameContentAfterARotationIsDeliveredUnderOtherNames() throws IOException {
    Files.writeString(bench.log(), lines(0, 2));
    bench.run();
    Files.writeString(bench.log(), "");
    bench.run();
    Files.writeString(bench.log(), lines(0, 2));
    bench.run();
    assertThat(bench.objects()).hasSize(2);
  }

  @Test
  void gzipFilesAreOpenedAndMayGrowByMembers() throws IOException {
    Path file = bench.file("app.log.gz");
    byte[] first = gzip(utf8(lines(0, 3)));
    Files.write(file, first);
    bench.run(file, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    Files.write(file, joined(first, gzip(utf8(lines(3, 6)))));
    DeliveryReport grown = bench.run(file, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    assertThat(grown.records()).isEqualTo(3);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
  }

  @Test
  void gzipIsGzipWhateverItsName() throws IOException {
    Files.write(bench.log(), gzip(utf8(lines(0, 50))));
    bench.run();
    assertThat(bench.run().isNothingNew()).isTrue();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 50));
  }

  @Test
  void brokenGzipDeliversWhatStandsBeforeAndTheRestOnceItIsThere() throws IOException {
    Path file = bench.file("app.log.gz");
    byte[] whole = joined(gzip(utf8(lines(0, 3))), gzip(utf8(lines(3, 6))));
    for (int missing : new int[] {20, 8, 1}) {
      Files.write(file, Arrays.copyOf(whole, whole.length - missing));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> bench.run(file, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine()))
          .withMessageContaining("the gzip data ends inside");
      assertThat(bench.records()).containsAll(records(0, 3)).doesNotHaveDuplicates();
    }
    Files.write(file, whole);
    bench.run(file, Bench.CUTS_OF_TWO, bench.sink(), bench.quarantine());
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
  }

  @Test
  void filesOfEventsAreDeliveredAndMayGrow() throws IOException {
    byte[] event = kinesisEvent(gzip(payload(message(0), message(1))), payload(message(2)));
    Files.write(bench.log(), joined(event, utf8("\n")));
    bench.run();
    Files.write(bench.log(), kinesisEvent(payload(message(3), message(4))), APPEND);
    assertThat(bench.run().records()).isEqualTo(2);
    assertThat(bench.run().isNothingNew()).isTrue();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void filesOfPayloadsMayGrow() throws IOException {
    Files.writeString(bench.log(), "");
    for (int i = 0; i < 3; i++) {
      Files.write(bench.log(), joined(payload(message(i)), utf8(" \n")), APPEND);
      assertThat(bench.run().records()).isEqualTo(1);
    }
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3));
  }

  @Test
  void filesOfPayloadsAreDeliveredAndMayGrowByHalfAPayload() throws IOException {
    byte[] whole =
        joined(gzip(payload(message(0))), payload(message(1)), gzip(payload(message(2))));
    for (int length = 0; length < whole.length + 7; length += 7) {
      Files.write(bench.log(), Arrays.copyOf(whole, Math.min(length, whole.length)));
      try {
        bench.run();
      } catch (EOFException e) {
        // Half of the first payload does not tell yet what the file is.
        assertThat(bench.records()).isEmpty();
      }
      assertThat(bench.records()).doesNotHaveDuplicates();
    }
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3));
  }

  @Test
  void aBrokenEventDeliversWhatStandsBefore() throws IOException {
    byte[] event = kinesisEvent(payload(message(0)), payload(message(1)), payload(message(2)));
    Files.write(bench.log(), Arrays.copyOf(event, event.length - 40));
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(bench::run)
          .withMessageContaining("Records[2]");
      assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 2));
    }
  }

  @Test
  void anUnfinishedLastLineIsQuarantinedAndDeliveredOnceItIsWhole() throws IOException {
    Files.writeString(bench.log(), lines(0, 3) + message(3).substring(0, 50));
    for (int i = 0; i < 3; i++) {
      assertThat(bench.run().quarantined()).isEqualTo(1);
      assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3));
      assertThat(bench.quarantined()).hasSize(1);
    }
    Files.writeString(bench.log(), message(3).substring(50) + "\n" + lines(4, 5), APPEND);
    assertThat(bench.run().records()).isEqualTo(2);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
    assertThat(bench.quarantined()).hasSize(1);
  }

  @Test
  void aFileThatGrowsByFewBytesIsDeliveredOnce() throws IOException {
    String log = "begin\n" + lines(0, 1) + "x " + message(1) + " " + message(2) + "\n\nend\n";
    for (int length = 0; length <= log.length(); length += 3) {
      Files.writeString(bench.log(), log.substring(0, length));
      bench.run();
    }
    Files.writeString(bench.log(), log);
    bench.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 3));
  }

  @Test
  void anEmptyFileIsNothingNew() throws IOException {
    Files.writeString(bench.log(), "");
    assertThat(bench.run()).isEqualTo(DeliveryReport.NOTHING);
    assertThat(bench.objects()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(bench::run);
  }

  @Test
  void theNamesOfObjectsDependOnTheDayOfTheirNewestLine() throws IOException {
    String untimed = record(0).replace("\"meterTimeInMillis\":5,", "");
    String line = "2022-09-13T19:21:45.062Z meter_record_for_stream " + untimed + "\n";
    Files.writeString(bench.log(), line);
    bench.run();
    assertThat(bench.objects()).singleElement().asString().contains("records/2022-09-13/");
  }

  @Test
  void aFileInWhichNothingWasFoundIsReadAgainWhereSomethingElseIsLookedFor() throws IOException {
    Bench wrong = bench.with(new Settings("w", ""), new Markers(List.of("metr_record")));
    Files.writeString(bench.log(), lines(0, 3));
    assertThat(wrong.run().records()).isZero();
    Files.move(bench.log(), bench.file("app.log.1"));
    Files.writeString(bench.log(), lines(3, 5));
    assertThat(wrong.run().records()).isZero();
    assertThat(wrong.run().events()).as("not read again as long as that is the same").isZero();
    assertThat(bench.run().records()).isEqualTo(5);
    assertThat(bench.run().isNothingNew()).isTrue();
    assertThat(wrong.run().isNothingNew()).as("something was found in it").isTrue();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
  }

  @Test
  void changedMarkersAreReportedOnce() throws IOException {
    Files.writeString(bench.log(), lines(0, 3));
    bench.with(new Settings("a", ""), Markers.DEFAULT).run();
    Bench other = bench.with(new Settings("b", ""), Markers.DEFAULT);
    other.run();
    other.run();
    assertThat(other.notices())
        .singleElement()
        .asString()
        .startsWith(bench.log() + ": --marker, --mapping or --input changed; lines before byte ");
    assertThat(bench.records()).hasSize(3);
  }

  @Test
  void whatWasInterruptedIsFinishedInTheFormatInWhichItWasBegun() throws IOException {
    Files.writeString(bench.log(), lines(0, 5));
    Bench json = bench.with(new Settings("", "--format json"), Markers.DEFAULT);
    json.runKilledAt(2, Bench.CUTS_OF_TWO);
    Bench ndjson = bench.with(new Settings("", "--format ndjson"), Markers.DEFAULT);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(ndjson::run)
        .withMessageContaining("a run with --format json was interrupted");
    json.run();
    Files.writeString(bench.log(), lines(5, 6), APPEND);
    ndjson.run();
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 6));
  }
}
