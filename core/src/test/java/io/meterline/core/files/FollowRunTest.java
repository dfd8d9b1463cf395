package io.meterline.core.files;

import static io.meterline.core.input.Samples.lines;
import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.records;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.Origin;
import io.meterline.core.files.FollowRun.Pace;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are followed, look by look, with a clock that the test moves. */
final class FollowRunTest implements FollowRun.Troubles {
  private static final int LOOK_MILLIS = 250;

  private final Bench bench;
  private final Path logs;
  private final Path log;
  private final List<String> said = new ArrayList<>();
  private final InstantSource clock = () -> Instant.ofEpochMilli(this.now);
  private long now = 1_000_000;
  private MeterSink sink;
  private Checkpoints checkpoints;
  private FollowRun follow;

  FollowRunTest(@TempDir(factory = InMemory.class) Path home) throws IOException {
    bench = new Bench(home);
    logs = Files.createDirectory(home.resolve("logs"));
    log = logs.resolve("app.log");
    sink = bench.sink();
    checkpoints = Checkpoints.open(bench.checkpoints());
    follow = follow(100);
  }

  @BeforeEach
  void start() throws IOException {
    follow.look();
  }

  @AfterEach
  void close() throws IOException {
    follow.close();
    checkpoints.close();
  }

  @Test
  void whatIsAppendedIsDeliveredAfterAWhile() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    assertThat(bench.records()).as("a new file is delivered at once").isEqualTo(records(0, 1));
    append(lines(1, 2));
    look(Duration.ofSeconds(9));
    append(lines(2, 3));
    assertThat(bench.records()).hasSize(1);
    look(Duration.ofSeconds(2));
    assertDelivered(3);
  }

  @Test
  void aFullBatchDoesNotWait() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    append(lines(1, 40));
    look(Duration.ofMillis(LOOK_MILLIS));
    assertDelivered(40);
  }

  @Test
  void aLineWaitsUntilItEnds() throws IOException {
    append(lines(0, 1) + message(1).substring(0, 40));
    look(Duration.ofMinutes(1));
    assertThat(bench.quarantined()).isEmpty();
    append(message(1).substring(40) + "\n");
    look(Duration.ofSeconds(11));
    assertDelivered(2);
    assertThat(bench.quarantined()).isEmpty();
  }

  @Test
  void aLogThatIsRenamedIsReadToItsEnd() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    append(lines(1, 2));
    rename("elsewhere");
    append(lines(2, 3));
    look(Duration.ofSeconds(1));
    assertDelivered(3);
    assertThat(said).isEmpty();
  }

  @Test
  void whatIsWrittenToARenamedLogIsDeliveredStill() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    try (OutputStream old = Files.newOutputStream(log, APPEND)) {
      rename("elsewhere");
      old.write(lines(1, 2).getBytes(UTF_8));
      look(Duration.ofSeconds(11));
      append(lines(2, 3));
      look(Duration.ofSeconds(11));
      old.write(lines(3, 4).getBytes(UTF_8));
      look(Duration.ofSeconds(11));
    }
    assertDelivered(4);
  }

  @Test
  void aLogThatIsDeletedIsReadToItsEnd() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    append(lines(1, 2));
    Files.delete(log);
    look(Duration.ofSeconds(11));
    assertDelivered(2);
    append(lines(2, 3));
    look(Duration.ofSeconds(1));
    assertDelivered(3);
  }

  @Test
  void aLogThatIsCopiedAndEmptiedGoesOn() throws IOException {
    append(lines(0, 3));
    look(Duration.ofSeconds(1));
    append(lines(3, 4));
    Files.copy(log, logs.resolve("app.log.1"));
    Files.writeString(log, "", TRUNCATE_EXISTING);
    look(Duration.ofSeconds(1));
    append(lines(4, 5));
    look(Duration.ofSeconds(11));
    assertDelivered(5);
    assertThat(said).isEmpty();
  }

  @Test
  void severalRotationsBetweenTwoLooksLoseNothing() throws IOException {
    append(lines(0, 3));
    look(Duration.ofSeconds(1));
    for (int i = 1; i < 5; i++) {
      append(lines(3 * i, 3 * i + 2));
      rename("app.log." + (10 - i));
      append(lines(3 * i + 2, 3 * i + 3));
    }
    look(Duration.ofSeconds(11));
    assertDelivered(15);
  }

  @Test
  void aFileThatIsEmptiedForAMomentByAnEditorIsNotDeliveredAgain() throws IOException {
    append(lines(0, 20));
    look(Duration.ofSeconds(1));
    append("one more line, which waits\n");
    look(Duration.ofSeconds(10));
    Files.writeString(log, "", TRUNCATE_EXISTING);
    look(Duration.ofMillis(LOOK_MILLIS));
    append(lines(0, 20).replace("\"r3\"", "\"x\""));
    look(Duration.ofSeconds(30));
    assertThat(bench.records()).hasSize(20);
    assertThat(said).singleElement().asString().contains("changed in place");
  }

  @Test
  void newFilesAreFollowedAndTheirPathsForgottenWhenTheyAreGone() throws IOException {
    for (int i = 0; i < 10; i++) {
      Path file = logs.resolve(i + ".log");
      Files.writeString(file, lines(i, i + 1));
      look(Duration.ofSeconds(2));
      Files.delete(file);
      look(Duration.ofMinutes(2));
    }
    assertDelivered(10);
    assertThat(said).isEmpty();
  }

  @Test
  void moreFilesThanMayBeOpenWait() throws IOException {
    follow.close();
    follow = follow(2);
    for (int i = 0; i < 4; i++) {
      Files.writeString(logs.resolve(i + ".log"), lines(i, i + 1));
    }
    look(Duration.ofSeconds(2));
    assertThat(bench.records()).hasSize(2);
    assertThat(said).singleElement().asString().startsWith("more than 2 files to follow");
    Files.delete(logs.resolve("0.log"));
    Files.delete(logs.resolve("1.log"));
    look(Duration.ofMinutes(2));
    assertDelivered(4);
  }

  @Test
  void aReceiverThatFailsIsToldOnceAndTriedAgain() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    int[] tries = {0};
    sink =
        batch -> {
          tries[0]++;
          throw new IOException("the receiver is down");
        };
    append(lines(1, 2));
    look(Duration.ofMinutes(10));
    assertThat(tries[0]).isBetween(10, 20);
    assertThat(said).containsExactly("app.log: the receiver is down");
    sink = bench.sink();
    append(lines(2, 3));
    look(Duration.ofMinutes(2));
    assertDelivered(3);
    assertThat(said).hasSize(2).last().asString().endsWith("app.log: delivered again");
  }

  @Test
  void whenItEndsWhatWasWrittenIsDelivered() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    append(lines(1, 3) + message(3).substring(0, 40));
    look(Duration.ofMillis(LOOK_MILLIS));
    assertThat(follow.finish()).isTrue();
    assertDelivered(3);
    append(message(3).substring(40) + "\n");
    restart();
    look(Duration.ofSeconds(1));
    assertDelivered(4);
  }

  @Test
  void rotatedWhileNobodyLooksNothingIsLost() throws IOException {
    append(lines(0, 1));
    look(Duration.ofSeconds(1));
    append(lines(1, 2));
    follow.close();
    rename("app.log.1");
    append(lines(2, 3));
    restart();
    look(Duration.ofSeconds(1));
    assertDelivered(3);
  }

  private void restart() throws IOException {
    follow.close();
    checkpoints.close();
    checkpoints = Checkpoints.open(bench.checkpoints());
    follow = follow(100);
  }

  private FollowRun follow(int mostFiles) {
    FileRun run =
        new FileRun(
            new Sources(Markers.DEFAULT, Limits.DEFAULT),
            InputFormat.AUTO,
            Origin.UNKNOWN,
            batch -> sink.deliver(batch),
            bench.quarantine(),
            checkpoints,
            Bench.CUTS_OF_TWO,
            new FileOptions(false, false, true, Settings.NONE, said::add));
    Pace pace = new Pace(Duration.ofSeconds(10), 3_000, mostFiles);
    return new FollowRun(run, this::files, clock, pace, this);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(logs)) {
      return all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private void look(Duration time) throws IOException {
    for (long end = now + time.toMillis(); now < end; ) {
      now += LOOK_MILLIS;
      follow.look();
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, CREATE, APPEND);
  }

  private void rename(String name) throws IOException {
    Files.move(log, logs.resolve(name));
  }

  private void assertDelivered(int records) throws IOException {
    assertThat(bench.records()).containsExactlyInAnyOrderElementsOf(records(0, records));
  }

  @Override
  public void failed(Path file, IOException failure) {
    said.add(file.getFileName() + ": " + failure.getMessage());
  }

  @Override
  public void notice(String line) {
    said.add(line);
  }
}
