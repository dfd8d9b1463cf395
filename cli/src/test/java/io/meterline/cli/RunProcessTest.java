package io.meterline.cli;

import static io.meterline.cli.Material.books;
import static io.meterline.cli.Material.files;
import static io.meterline.cli.Material.line;
import static io.meterline.cli.Material.lines;
import static io.meterline.cli.Material.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code meterline run} as a shell sees it. */
final class RunProcessTest {
  private final Path home;
  private final Path out;
  private final Program program;

  RunProcessTest(@TempDir(factory = InMemory.class) Path home) {
    this.home = home;
    this.out = home.resolve("out");
    this.program = new Program(home);
  }

  @Test
  void objectsStandWhereTheContractWantsThem() throws Exception {
    write("a.log", line(0) + line(1) + "meter_record_for_cw {}\n");
    Program.Ended ended = program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .containsExactly(
            "quarantined=1 (missing-field=1) in out/quarantine/",
            "payloads=0 events=3 control=0 records=2 quarantined=1 objects=2 already=0");
    assertThat(ended.out()).isEmpty();
    List<Path> objects = files(out.resolve("ingest"));
    assertThat(objects)
        .singleElement()
        .asString()
        .matches(".*/records/2022-09-13/[0-9a-f]{40}.json");
    assertThat(objects.getFirst())
        .hasContent("[" + Material.record(0) + "," + Material.record(1) + "]");
    assertThat(files(out.resolve("quarantine")))
        .singleElement()
        .asString()
        .matches(".*/quarantine/2022-09-13/[0-9a-f]{40}.ndjson");
  }

  @Test
  void runAgainItWritesNothingNewAndSaysSo() throws Exception {
    write("a.log", lines(0, 5));
    program.run("run", "--from", "file:a.log", "--to", "dir:out");
    List<Path> before = files(out.resolve("ingest"));
    Program.Ended again = program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(again.code()).isZero();
    assertThat(again.err())
        .containsExactly(
            home.resolve("a.log") + ": nothing new",
            "payloads=0 events=0 control=0 records=0 quarantined=0 objects=0 already=0");
    assertThat(files(out.resolve("ingest"))).isEqualTo(before);
  }

  @Test
  void aStateFolderIsThatOfOneDestination() throws Exception {
    write("a.log", lines(0, 5));
    String[] first = {"run", "--from", "file:a.log", "--to", "dir:out", "--state", "state"};
    String[] second = {"run", "--from", "file:a.log", "--to", "dir:other", "--state", "state"};
    assertThat(program.run(first).code()).isZero();
    assertThat(program.run(first).code()).as("the same again").isZero();
    Program.Ended refused = program.run(second);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .startsWith("meterline: --state state has the checkpoints of dir:" + out)
        .endsWith("delete state/destination and run again");
    assertThat(home.resolve("other")).doesNotExist();
    Files.delete(home.resolve("state/destination"));
    assertThat(program.run(second).err().getFirst()).endsWith("a.log: nothing new");
  }

  @Test
  void theStateOfAFolderIsThatOfTheFolder() throws Exception {
    write("a.log", lines(0, 5));
    program.run("run", "--from", "file:a.log", "--to", "dir:out");
    String[] other = {"run", "--from", "file:a.log", "--to", "dir:b", "--state", "out/.meterline"};
    Program.Ended refused = program.run(other);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err().getFirst()).contains("has the checkpoints of dir:" + out);
    other[4] = "dir:out";
    assertThat(program.run(other).err().getFirst()).endsWith("a.log: nothing new");
  }

  @Test
  void aFileWithoutARecordIsNotCalledOld() throws Exception {
    write("a.log", "hello\nworld\n");
    Program.Ended ended = program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(ended.err().getFirst()).endsWith("a.log: 2 log events read, no record in them");
    Program.Ended again = program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(again.err().getFirst()).endsWith("a.log: nothing new");
  }

  @Test
  void aGlobTakesWhatMatchesAndAFolderAllThatIsNotHidden() throws Exception {
    Files.createDirectories(home.resolve("log/old"));
    write("log/a.log", lines(0, 1));
    write("log/b.txt", lines(1, 2));
    write("log/.c.log", lines(2, 3));
    Files.write(home.resolve("log/old/d.log.gz"), Material.gzip(lines(3, 4).getBytes(UTF_8)));
    program.run("run", "--from", "file:log/*.log", "--to", "dir:out");
    assertThat(books(out)).containsExactly(0, 2);
    program.run("run", "--from", "file:log/**.gz", "--to", "dir:out");
    assertThat(books(out)).containsExactly(0, 2, 3);
    program.run("run", "--from", "file:log", "--to", "dir:log/out");
    program.run("run", "--from", "file:log", "--to", "dir:log/out");
    assertThat(books(home.resolve("log/out"))).containsExactly(0, 1, 3);
  }

  @Test
  void eventsPayloadsAndStandardInputGoTheSameWay() throws Exception {
    byte[] payload = Material.payload(List.of(line(0), line(1)), 0);
    Files.write(home.resolve("event.json"), Material.kinesisEvent(List.of(Material.gzip(payload))));
    program.run("run", "--from", "file:event.json", "--to", "dir:out");
    assertThat(books(out)).containsExactly(0, 1);
    Program.Ended stream =
        program.run(lines(2, 5).getBytes(UTF_8), "run", "--from", "-", "--to", "dir:out");
    assertThat(stream.counts()).contains("records=3 quarantined=0 objects=1");
    assertThat(books(out)).isEqualTo(numbers(0, 5));
  }

  @Test
  void batchesAreBoundedAndOptionsMayChangeBetweenRuns() throws Exception {
    write("a.log", lines(0, 10));
    program.run("run", "--from", "file:a.log", "--to", "dir:out", "--batch-records", "3");
    assertThat(files(out.resolve("ingest"))).hasSize(4);
    write("a.log", lines(0, 20));
    Program.Ended again =
        program.run(
            "run",
            "--from",
            "file:a.log",
            "--to",
            "dir:out",
            "--batch-bytes",
            "1",
            "--format",
            "ndjson");
    assertThat(again.counts()).contains("records=10 ").contains("objects=10 ");
    assertThat(books(out)).isEqualTo(numbers(0, 20));
  }

  @Test
  void strictTellsOfQuarantinedRecordsByItsExitCode() throws Exception {
    write("a.log", lines(0, 1) + "meter_record_for_cw {}\n");
    assertThat(program.run("run", "--strict", "--from", "file:a.log", "--to", "dir:out").code())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--to dir:out                                  | Missing required option: '--from=URI'",
        "--from file:a.log                             | Missing required option: '--to=URI'",
        "--from a.log --to dir:out                     | --from: 'a.log' must be - or file: with a file",
        "--from https://u:s@h/?k=s --to dir:out        | --from: 'https://(hidden)@h/' must be - or file: with a file",
        "--from file:a.log --to s3x:out                | --to: 's3x:out' must start with dir:, s3://",
        "--from file:a.log --to dir:out --format xml   | --format: 'xml' is not one of json, json.gz",
        "--from file:a.log --to dir:out --batch-records 0 | --batch-records must be 1 or more, not 0",
        "--from - --to dir:out --batch-seconds 0       | --batch-seconds must be between 1 and 86400, not 0",
        "--from file:a.log --to dir:out --prefix ../x  | --prefix: prefix '../x' must be relative",
      })
  void wrongUsageIsOneLineAndAHint(String arguments, String message) throws Exception {
    write("a.log", lines(0, 1));
    Program.Ended ended = program.run(("run " + arguments).split(" ", -1));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).hasSize(2).endsWith("'meterline run --help' tells how.");
    assertThat(ended.err().getFirst()).startsWith("meterline: ").contains(message);
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:missing.log | dir:out         | missing.log: no such file or folder",
        "file:*.nothing   | dir:out         | file:*.nothing: no file there",
        "file:a.log/below | dir:out         | a.log/below: no such file or folder",
        "file:/dev/null   | dir:out         | /dev/null: no file; pipe it into --from -",
        "file:a.log       | dir:a.log       | a.log",
        "file:a.log       | dir:a.log/below | a.log",
      })
  void whatCantBeReadOrWrittenIsOneClearLine(String from, String to, String message)
      throws Exception {
    write("a.log", lines(0, 1));
    Program.Ended ended = program.run("run", "--from", from, "--to", to);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).singleElement().asString().startsWith("meterline: ").contains(message);
    assertThat(home.resolve("a.log")).hasContent(lines(0, 1));
  }

  @Test
  void whereTheFolderCantBeWrittenTheRunFailsAndTheNextDeliversAll() throws Exception {
    write("a.log", lines(0, 5));
    Files.createDirectories(out);
    write("out/ingest", "in the way");
    Program.Ended ended = program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly(
            "meterline: " + out.resolve("ingest") + ": a file, where a folder is expected",
            "payloads=0 events=5 control=0 records=0 quarantined=0 objects=0 already=0"
                + " undelivered=5");
    Files.delete(out.resolve("ingest"));
    assertThat(program.run("run", "--from", "file:a.log", "--to", "dir:out").code()).isZero();
    assertThat(books(out)).isEqualTo(numbers(0, 5));
  }

  @Test
  void aCheckpointThatIsBrokenIsNamedAndNothingIsDelivered() throws Exception {
    write("a.log", lines(0, 5));
    program.run("run", "--from", "file:a.log", "--to", "dir:out");
    for (Path file : files(out.resolve(".meterline"))) {
      if (file.toString().endsWith(".checkpoint")) {
        Files.writeString(file, "garbage");
      }
    }
    Program.Ended ended = program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().getFirst())
        .startsWith("meterline: " + home.resolve("a.log") + ": checkpoint ")
        .contains("can't be used: it has no version;");
    assertThat(books(out)).isEqualTo(numbers(0, 5));
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsDeliveredOnce() throws Exception {
    write("a.log", lines(0, 20_000));
    int written = 20_000;
    Process process =
        program.start("run", "--from", "file:a.log", "--to", "dir:out", "--batch-records", "500");
    try (OutputStream log =
        Files.newOutputStream(home.resolve("a.log"), StandardOpenOption.APPEND)) {
      while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
        byte[] line = line(written++).getBytes(UTF_8);
        // Half a line at a time, so that the reader meets lines that are in the writing.
        log.write(line, 0, 70);
        log.flush();
        process.waitFor(1, TimeUnit.MILLISECONDS);
        log.write(line, 70, line.length - 70);
      }
    }
    assertThat(process.exitValue()).isZero();
    assertThat(written).isGreaterThan(20_000);
    program.run("run", "--from", "file:a.log", "--to", "dir:out");
    assertThat(books(out.resolve("ingest"))).isEqualTo(numbers(0, written));
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(home.resolve(name), content);
  }
}
