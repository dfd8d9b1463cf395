package io.meterline.core.files;

import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.records;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.PartLimits;
import io.meterline.core.files.Faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that goes wrong at any step, and the run after it: with one cut at a time, and with some.
 */
@ParameterizedClass
@ValueSource(ints = {1, 2, 3, 8})
final class FileRunCrashTest {
  private static final PartLimits OTHER = new PartLimits(1, 100);

  /** Five records in three cuts, a bad one, and an end that a longer log goes on from. */
  private static final String LOG =
      lines(0, 3) + "meter_record_for_cw {}\n" + lines(3, 5) + "some more\n";

  private final Path home;

  private final int cuts;

  FileRunCrashTest(int cuts, @TempDir(factory = InMemory.class) Path home) {
    this.cuts = cuts;
    this.home = home;
  }

  @Test
  void killedAtAnyStepAndStartedAgainEachRecordIsThereOnce() throws IOException {
    atEachStep(FileRunCrashTest::kill, LOG, bench -> bench.run(), records(0, 5));
  }

  @Test
  void killedAtAnyStepAndStartedAgainWithOtherBoundsEachRecordIsThereOnce() throws IOException {
    atEachStep(FileRunCrashTest::kill, LOG, bench -> bench.run(OTHER), records(0, 5));
  }

  @Test
  void killedAtAnyStepAndStartedAgainOnALongerLogEachRecordIsThereOnce() throws IOException {
    Then grown =
        bench -> {
          Files.writeString(bench.log(), lines(5, 8), APPEND);
          bench.run();
        };
    atEachStep(FileRunCrashTest::kill, LOG, grown, records(0, 8));
  }

  @Test
  void killedAtAnyStepAndStartedAgainOnALongerLastLineEachRecordIsThereOnce() throws IOException {
    Then grown =
        bench -> {
          Files.writeString(bench.log(), " and " + message(6) + "\n" + lines(7, 9), APPEND);
          bench.run(OTHER);
        };
    atEachStep(FileRunCrashTest::kill, LOG + message(5), grown, records(0, 9));
  }

  @Test
  void killedAtAnyStepAndStartedAgainAfterARotationEachRecordIsThereOnce() throws IOException {
    Then rotated =
        bench -> {
          Files.writeString(bench.log(), lines(5, 7), APPEND);
          Files.move(bench.log(), bench.file("app.log.1"));
          Files.writeString(bench.log(), lines(7, 9));
          bench.run(OTHER);
        };
    atEachStep(FileRunCrashTest::kill, LOG, rotated, records(0, 9));
  }

  @Test
  void killedWhileARotatedLogIsDeliveredEachRecordIsThereOnce() throws IOException {
    for (int step = 0; step < 100; step++) {
      Bench bench = bench("rotated " + step);
      Files.writeString(bench.log(), lines(0, 1));
      bench.run();
      Files.writeString(bench.log(), LOG.substring(lines(0, 1).length()), APPEND);
      Files.move(bench.log(), bench.file("app.log.2"));
      Files.writeString(bench.log(), lines(5, 8));
      Files.move(bench.log(), bench.file("app.log.1"));
      Files.writeString(bench.log(), lines(8, 12));
      Faults faults = new Faults(step, FileRunCrashTest::kill);
      wentWrong(bench, faults);
      if (!faults.happened()) {
        assertThat(step).isGreaterThan(7);
        return;
      }
      bench.run(OTHER);
      assertThat(bench.records())
          .as("after step %d", step)
          .containsExactlyInAnyOrderElementsOf(records(0, 12));
      assertThat(bench.quarantined()).as("after step %d", step).hasSize(1);
      assertThat(bench.run().isNothingNew()).isTrue();
    }
  }

  @Test
  void killedWhileARenamedLogIsDeliveredEachRecordIsThereOnce() throws IOException {
    for (int step = 0; step < 100; step++) {
      Bench bench = bench("renamed " + step);
      Files.writeString(bench.log(), lines(0, 1));
      bench.run();
      Path renamed = bench.file("app.log.1");
      Files.move(bench.log(), renamed);
      Files.writeString(renamed, LOG.substring(lines(0, 1).length()), APPEND);
      Faults faults = new Faults(step, FileRunCrashTest::kill);
      wentWrong(bench, renamed, faults);
      if (!faults.happened()) {
        assertThat(step).isEqualTo(6);
        return;
      }
      bench.run(renamed, OTHER, bench.sink(), bench.quarantine());
      assertThat(bench.records())
          .as("after step %d", step)
          .containsExactlyInAnyOrderElementsOf(records(0, 5));
      assertThat(bench.quarantined()).as("after step %d", step).hasSize(1);
    }
  }

  @Test
  void killedAgainAndAgainEachRecordIsThereOnce() throws IOException {
    Bench bench = bench("again and again");
    Files.writeString(bench.log(), LOG);
    int runs = 0;
    for (boolean killed = true; killed; runs++) {
      // One cut is four steps: each run does the last one's cuts again and comes into its next.
      killed = wentWrong(bench, new Faults(4 * cuts + 1, FileRunCrashTest::kill));
      assertThat(runs).isLessThan(100);
    }
    assertThat(runs).isGreaterThan(cuts == 1 ? 2 : 0);
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
    assertThat(bench.quarantined()).hasSize(1);
  }

  @Test
  void whereASinkOrTheQuarantineFailsTheNextRunDeliversWhatIsMissing() throws IOException {
    Fault fault =
        () -> {
          throw new IOException("the receiver is gone");
        };
    atEachStep(fault, LOG, bench -> bench.run(), records(0, 5));
  }

  @Test
  void whereCheckpointsCantBeWrittenTheNextRunDeliversWhatIsMissing() throws IOException {
    for (int step = 0; step < 100; step++) {
      Bench bench = bench("state " + step);
      Files.writeString(bench.log(), LOG);
      Path aside = bench.file("aside");
      Fault unwritable =
          () -> {
            Files.move(bench.checkpoints(), aside);
            Files.writeString(bench.checkpoints(), "in the way");
          };
      Faults faults = new Faults(step, unwritable);
      boolean failed = wentWrong(bench, faults);
      if (!faults.happened()) {
        assertThat(step).isGreaterThan(7);
        return;
      }
      assertThat(failed).isTrue();
      Files.delete(bench.checkpoints());
      Files.move(aside, bench.checkpoints());
      bench.run(OTHER);
      assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, 5));
      assertThat(bench.quarantined()).hasSize(1);
    }
  }

  /** Lets a run go wrong at each of its steps in turn, then does something with the log. */
  private void atEachStep(Fault fault, String log, Then then, List<String> expected)
      throws IOException {
    for (int step = 0; step < 100; step++) {
      Bench bench = bench("step " + step);
      Files.writeString(bench.log(), log);
      Faults faults = new Faults(step, fault);
      wentWrong(bench, faults);
      if (!faults.happened()) {
        assertThat(step).isGreaterThan(7);
        return;
      }
      then.run(bench);
      assertThat(bench.records())
          .as("after step %d", step)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(bench.quarantined()).as("after step %d", step).hasSize(1);
      assertThat(bench.run().isNothingNew()).isTrue();
    }
  }

  private static boolean wentWrong(Bench bench, Faults faults) throws IOException {
    return wentWrong(bench, bench.log(), faults);
  }

  private static boolean wentWrong(Bench bench, Path log, Faults faults) throws IOException {
    try {
      bench.run(log, Bench.CUTS_OF_TWO, faults.in(bench.sink()), faults.in(bench.quarantine()));
      return false;
    } catch (Killed | IOException e) {
      return true;
    }
  }

  private static void kill() {
    throw new Killed();
  }

  private Bench bench(String name) throws IOException {
    return new Bench(Files.createDirectory(home.resolve(name)), cuts);
  }

  /** What is done after a run that went wrong. */
  private interface Then {
    void run(Bench bench) throws IOException;
  }
}
