package io.meterline.cli;

import static io.meterline.cli.Material.books;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code meterline run} and {@code extract} over files whose names the locale may not decode. */
final class FileNamesProcessTest {
  /** The same two lines in each file: only where they are tells them apart. */
  private static final String LOG =
      """
      meter_record_for_cw {"meterApiName":"m","customerId":"c","meterValue":1,"meterTimeInMillis":5}
      meter_record_for_cw {"meterApiName":"m","customerId":"c","meterValue":1,"meterTimeInMillis":5}
      """;

  private final Path home;
  private final Program program;

  FileNamesProcessTest(@TempDir(factory = InMemory.class) Path home) {
    this.home = home;
    this.program = new Program(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "xx_YY.UTF-8"})
  void filesWithTheSameContentAreEachDeliveredOnceInAnyLocale(String locale) throws Exception {
    for (String name : List.of("%C3%A4", "%C3%BC", "a", "%FF", "%FE", "%EF%BF%BD")) {
      Files.writeString(log(name), LOG);
    }
    program.with(Map.of("LC_ALL", locale));
    Program.Ended first = program.run("run", "--from", "file:*.log", "--to", "dir:out");
    assertThat(first.counts()).contains("records=12 quarantined=0");
    assertThat(first.code()).isZero();
    assertThat(ids()).doesNotHaveDuplicates().hasSize(12);
    Program.Ended again = program.run("run", "--from", "file:*.log", "--to", "dir:out");
    assertThat(again.counts()).contains("records=0 ");
    assertThat(again.err()).hasSize(7);
    assertThat(again.err().subList(0, 6)).allMatch(line -> line.endsWith(": nothing new"));
    assertThat(again.err()).contains(home.resolve("a.log") + ": nothing new");
    assertThat(again.err()).contains(home + "/\\xFF.log: nothing new");
  }

  @Test
  void extractGivesTheIdsOfRun() throws Exception {
    Files.writeString(log("a"), LOG);
    program.run("run", "--from", "file:*.log", "--to", "dir:out");
    List<String> extracted = program.run("extract", "a.log").out();
    assertThat(extracted).hasSize(2);
    for (String record : extracted) {
      assertThat(Files.readString(Material.files(home.resolve("out/ingest")).getFirst()))
          .contains(record);
    }
  }

  @Test
  void aCheckpointWrittenInOneLocaleIsGoodInAnother() throws Exception {
    Files.writeString(log("%C3%A4"), Material.lines(0, 3));
    program.with(Map.of("LC_ALL", "C.UTF-8"));
    program.run("run", "--from", "file:*.log", "--to", "dir:out");
    program.with(Map.of("LC_ALL", "C"));
    assertThat(program.run("run", "--from", "file:*.log", "--to", "dir:out").counts())
        .contains("records=0 ");
    assertThat(books(home.resolve("out"))).hasSize(3);
  }

  private Path log(String name) {
    return Path.of(URI.create("file://" + home + "/" + name + ".log"));
  }

  private List<String> ids() throws Exception {
    StringBuilder all = new StringBuilder();
    for (Path file : Material.files(home.resolve("out/ingest"))) {
      all.append(Files.readString(file));
    }
    return Pattern.compile("\"uniqueId\":\"(\\w+)\"")
        .matcher(all)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
