package io.meterline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code meterline extract} as a shell sees it. */
final class ExtractProcessTest {
  private static final File FULL = new File("/dev/full");

  private final Path home;
  private final Program program;

  ExtractProcessTest(@TempDir Path home) {
    this.home = home;
    this.program = new Program(home);
  }

  @Test
  void standardInputIsReadWhereNoFileIsNamed() throws Exception {
    Program.Ended ended = program.run(Material.lines(0, 2).getBytes(UTF_8), "extract");
    assertThat(ended.out()).containsExactly(Material.record(0), Material.record(1));
    assertThat(ended.code()).isZero();
  }

  @Test
  void filesAreReadInTheOrderInWhichTheyAreNamed() throws Exception {
    write("b.log", Material.lines(1, 2));
    write("a.log", Material.lines(2, 3));
    byte[] input = Material.lines(0, 1).getBytes(UTF_8);
    assertThat(program.run(input, "extract", "-", "b.log", "a.log").out())
        .containsExactly(Material.record(0), Material.record(1), Material.record(2));
  }

  @Test
  void strictTellsOfQuarantinedRecordsByItsExitCode() throws Exception {
    write("good.log", Material.lines(0, 1));
    write("bad.log", Material.lines(0, 1) + "meter_record_for_cw {}\n");
    assertThat(program.run("extract", "--strict", "good.log").code()).isZero();
    assertThat(program.run("extract", "bad.log").code()).isZero();
    assertThat(program.run("extract", "--strict", "bad.log").code()).isEqualTo(3);
  }

  @Test
  void markersCanBeGiven() throws Exception {
    write(
        "a.log",
        "METER " + Material.record(1) + "\nuse: " + Material.record(2) + "\n" + Material.line(3));
    assertThat(program.run("extract", "--marker", "METER", "--marker", "use", "a.log").out())
        .containsExactly(Material.record(1), Material.record(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.log | meterline: missing.log: no such file or folder",
        "folder      | meterline: folder: a folder, where a file is expected",
        "a.log/below | meterline: a.log/below: Not a directory",
        "cut.json    | meterline: cut.json: byte 12: the event is broken in Records[0]: the text ends inside the value",
        "https://user:pa55@host/a | meterline: https:/(hidden)@host/a: no such file or folder",
        "https://host/a?X-Amz-Signature=pa55 | meterline: https:/host/a?X-Amz-Signature=(hidden): no such file or folder",
        "cut.gz      | meterline: cut.gz: byte 40: the gzip data ends inside a member",
      })
  void aFileThatCantBeReadIsOneClearLineAndTheOthersAreRead(String file, String line)
      throws Exception {
    Files.createDirectory(home.resolve("folder"));
    write("a.log", Material.lines(1, 2));
    write("b.log", Material.lines(2, 3));
    write("cut.json", "{\"Records\":[");
    byte[] gzip = Material.gzip("all good\n".repeat(9_999).getBytes(UTF_8));
    Files.write(home.resolve("cut.gz"), Arrays.copyOf(gzip, 40));
    Program.Ended ended = program.run("extract", "a.log", file, "b.log");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).containsExactly(Material.record(1), Material.record(2));
    assertThat(ended.err()).hasSize(2).startsWith(line);
    assertThat(ended.counts()).contains("records=2 quarantined=0");
  }

  @Test
  void anEmptyFileHoldsNothingAndIsNoError() throws Exception {
    write("empty.log", "");
    Program.Ended ended = program.run("extract", "--strict", "empty.log");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .containsExactly("payloads=0 events=0 control=0 records=0 quarantined=0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--inptu lines a.log       | meterline: unknown option",
        "--input json a.log        | is not one of kinesis, logs, lines, auto",
        "--marker é a.log          | must be printable ASCII",
        "--max-line-bytes 0 a.log  | --max-line-bytes must be 1 or more, not 0",
        "--threads 0 a.log         | --threads must be 1 or more, not 0",
        "--threads 257 a.log       | --threads must be 256 or less, not 257",
        "--max-record-bytes x a    | is not an int",
        "--time-zone vienna a.log  | is not a time zone: did you mean 'Europe/Vienna'?",
        "--time-zone Europe/Vena a | is not a time zone: did you mean 'Europe/Vienna'?",
        "--time-zone 25:00 a.log   | is not a time zone; give a name such as Europe/Vienna, or an offset",
        "--append a.log            | --append needs --quarantine FILE",
        "--quarantine old a.log    | --quarantine: old exists and is not empty: add to it with --append",
        "--quarantine a.log a.log  | --quarantine: a.log is an input",
      })
  void wrongUsageIsOneLineAndAHint(String arguments, String message) throws Exception {
    write("a.log", Material.lines(0, 1));
    write("old", "of yesterday\n");
    String[] words = ("extract " + arguments).split(" ", -1);
    Program.Ended ended = program.run(words);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).hasSize(2).endsWith("'meterline extract --help' tells how.");
    assertThat(ended.err().getFirst()).startsWith("meterline: ").contains(message);
    assertThat(home.resolve("a.log")).hasContent(Material.lines(0, 1));
    assertThat(home.resolve("old")).hasContent("of yesterday");
  }

  @Test
  void aQuarantineIsAddedToWhereThatIsAskedForAndTheReasonsAreSaid() throws Exception {
    write("old", "of yesterday\n");
    write("a.log", "meter_record_for_cw {}\nmeter_record_for_cw {x}\nmeter_record_for_cw {}\n");
    Program.Ended ended = program.run("extract", "--quarantine", "old", "--append", "a.log");
    assertThat(ended.code()).isZero();
    assertThat(Files.readAllLines(home.resolve("old"))).hasSize(4).startsWith("of yesterday");
    assertThat(ended.err().getFirst())
        .isEqualTo("quarantined=3 (malformed-json=1, missing-field=2) in old");
    assertThat(program.run("extract", "a.log").err().getFirst())
        .isEqualTo(
            "quarantined=3 (malformed-json=1, missing-field=2): keep them with --quarantine FILE");
  }

  @Test
  void anEmptyQuarantineFileIsAsGoodAsANewOne() throws Exception {
    write("empty", "");
    write("a.log", "meter_record_for_cw {}\n");
    assertThat(program.run("extract", "--quarantine", "empty", "a.log").code()).isZero();
    assertThat(Files.readAllLines(home.resolve("empty"))).hasSize(1);
  }

  @Test
  void aQuarantineThatCantBeWrittenIsOneClearLine() throws Exception {
    write("a.log", "meter_record_for_cw {}\n");
    Program.Ended ended = program.run("extract", "--quarantine", "no/bad", "a.log");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly("meterline: quarantine no/bad can't be written: no such file or folder");
  }

  @Test
  void aFullDiskIsOneClearLine() throws Exception {
    assumeTrue(FULL.exists(), "only Linux has a device that is always full");
    write("a.log", Material.lines(0, 3) + "meter_record_for_cw {}\n");
    Program.Ended ended = program.runInto(FULL, "extract", "a.log");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly("meterline: standard output can't be written: No space left on device");
    ended = program.run("extract", "--quarantine", FULL.getPath(), "a.log");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .containsExactly(
            "meterline: quarantine /dev/full can't be written: No space left on device");
  }

  @Test
  void aReaderThatGoesAwayIsNotComplainedOf() throws Exception {
    write("a.log", Material.lines(0, 50_000));
    Process process = program.start("extract", "a.log");
    process.getInputStream().readNBytes(100);
    process.getInputStream().close();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(program.words()).isEmpty();
  }

  @Test
  void namesBeyondAsciiAreNames() throws Exception {
    write("zürich.log", Material.lines(0, 1));
    assertThat(program.run("extract", "zürich.log").out()).containsExactly(Material.record(0));
  }

  @Test
  void aKinesisEventOf40000RecordsNeedsLittleMemory() throws Exception {
    byte[] event = LargeEvent.of40000Records();
    assertThat(event.length).isBetween(5_500_000, 6 * 1024 * 1024);
    Files.write(home.resolve("event.json"), event);
    Program.Ended ended =
        new Program(home, "-Xmx128m").run("extract", "--quarantine", "bad", "event.json");
    assertThat(ended.err())
        .containsExactly("payloads=100 events=40000 control=0 records=40000 quarantined=0");
    assertThat(ended.out()).hasSize(40_000).doesNotHaveDuplicates();
  }

  @Test
  void everyFormIsReadFromStandardInput() throws Exception {
    byte[] payload = Material.payload(List.of("meter_record_for_cw " + Material.record(7)), 0);
    for (byte[] input :
        List.of(
            payload,
            Material.gzip(payload),
            Material.directEvent(payload),
            Material.kinesisEvent(List.of(payload)))) {
      assertThat(program.run(input, "extract").out()).containsExactly(Material.record(7));
    }
  }

  @Test
  void timesWithoutAZoneAreReadInTheOneThatIsGivenAndOtherwiseItIsSaidThatTheyAreUtc()
      throws Exception {
    String record = "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":1}\n";
    String local = "2026-07-15T12:00:00 meter_record_for_cw " + record;
    String zoned = "2026-07-15T12:00:00Z meter_record_for_cw " + record;
    // Long enough to be read in blocks, by several threads.
    write("local.log", local + "no record here\n".repeat(60_000) + zoned + local);
    write("zoned.log", zoned + "2026-07-15T12:00:00 " + Material.record(1) + "\n");
    write("own.log", "2026-07-15T12:00:00 meter_record_for_cw " + Material.record(1) + "\n");
    Program.Ended utc = program.run("extract", "local.log");
    assertThat(utc.out()).hasSize(3).allMatch(line -> line.contains(":1784116800000,"));
    assertThat(utc.err())
        .containsExactly(
            "times without a zone were read as UTC: name theirs with --time-zone ZONE",
            "payloads=0 events=60003 control=0 records=3 quarantined=0");
    Program.Ended vienna = program.run("extract", "--time-zone", "Europe/Vienna", "local.log");
    assertThat(vienna.err()).hasSize(1);
    assertThat(vienna.out()).hasSize(3);
    assertThat(vienna.out().get(0)).contains(":1784109600000,");
    assertThat(vienna.out().get(1)).as("a line with a zone").isEqualTo(utc.out().get(1));
    assertThat(vienna.out().get(2)).contains(":1784109600000,");
    assertThat(program.run("extract", "zoned.log", "own.log").err())
        .as("no record has its time from one without a zone")
        .hasSize(1);
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(home.resolve(name), content);
  }
}
