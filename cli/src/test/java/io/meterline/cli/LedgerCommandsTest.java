package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerCommandsTest {
  @TempDir private Path folder;
  private String ledger = "";
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void load() throws IOException {
    ledger = folder.resolve("ledger").toString();
    Path objects = Files.createDirectories(folder.resolve("out/ingest/records/2026-10-25"));
    Files.writeString(
        objects.resolve("a.ndjson"),
        """
        {"meterApiName":"api","customerId":"c1","meterTimeInMillis":1792886400000,"meterValue":0.10,"uniqueId":"a"}
        {"meterApiName":"api","customerId":"c1","meterTimeInMillis":1792890000000,"meterValue":0.2,"uniqueId":"b"}
        {"meterApiName":"api","customerId":"c,2","meterTimeInMillis":1792890000000,"meterValue":1e20,"uniqueId":"c"}
        {"meterApiName":"api"}
        """);
    assertThat(run("ledger", "load", "--ledger", ledger, folder.resolve("out").toString()))
        .isEqualTo(0);
    assertThat(err.toString())
        .contains("objects=1 ")
        .contains("stored=3 ")
        .contains("quarantined=1");
  }

  @Test
  void usageAsCsvIsExactAndPlain() {
    assertThat(usage("--group-by", "customerId", "--csv")).isEqualTo(0);
    assertThat(out.toString())
        .isEqualTo("customerId,value\n\"c,2\",100000000000000000000\nc1,0.3\n");
  }

  @Test
  void theHourThatComesTwiceIsTwoWindows() {
    usage("--window", "hour", "--zone", "Europe/Berlin", "--filter", "customerId=c1", "--csv");
    assertThat(out.toString())
        .isEqualTo("window,value\n2026-10-25T02:00:00+02:00,0.1\n2026-10-25T02:00:00+01:00,0.2\n");
  }

  @Test
  void jsonTellsWhatWasAsked() {
    usage("--top", "1", "--group-by", "customerId", "--json");
    assertThat(out.toString())
        .contains("\"meter\":\"api\",\"aggregation\":\"SUM\"")
        .contains("{\"customerId\":\"c,2\",\"value\":100000000000000000000}")
        .doesNotContain("c1");
  }

  @Test
  void withoutAFormItIsATable() {
    usage("--group-by", "customerId");
    assertThat(out.toString().lines())
        .containsExactly(
            "customerId                  value",
            "c,2         100000000000000000000",
            "c1                            0.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-31",
        "2026-02-29",
        "2026-11-01T24:00",
        "2026-11-01Z",
        "2026-11-31T06:00",
        "2026-13-01",
        "01.11.2026"
      })
  void aDayThatDoesNotExistIsNoOtherDay(String day) {
    assertThat(
            run("usage", "--ledger", ledger, "--meter", "api", "--from", "2026-10-25", "--to", day))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith("meterline: --to: '" + day + "' is not a date or time");
  }

  @Test
  void theTopOfNoGroupsIsAMistake() {
    assertThat(usage("--top", "2")).isEqualTo(2);
    assertThat(err.toString()).startsWith("meterline: --top: it limits groups, add --group-by");
  }

  @Test
  void aFileThatIsNamedAndRefusedFailsEachLoad() throws IOException {
    Path log = Files.writeString(folder.resolve("app.log"), Material.lines(0, 2));
    for (int i = 0; i < 2; i++) {
      assertThat(run("ledger", "load", "--ledger", ledger, log.toString())).isEqualTo(1);
      assertThat(err.toString()).contains("meterline: " + log + ": not loaded");
    }
    Path among = Files.createDirectories(folder.resolve("mixed"));
    Files.move(log, among.resolve("other.json"));
    assertThat(run("ledger", "load", "--ledger", ledger, among.toString())).isZero();
  }

  @Test
  void aSecondLoadStoresNothing() {
    assertThat(
            run("ledger", "load", "--strict", "--ledger", ledger, folder.resolve("out").toString()))
        .isEqualTo(0);
    assertThat(err.toString()).contains("already-there=1").contains("stored=0");
  }

  @Test
  void theCheckEndsWellOrWithTheDifferences() throws IOException {
    assertThat(run("ledger", "check", "--ledger", ledger)).isEqualTo(0);
    assertThat(err.toString()).contains("verified=1 not-at-hand=0 differences=0");
    Path object = folder.resolve("out/ingest/records/2026-10-25/a.ndjson");
    Files.writeString(object, Files.readString(object).replace("0.2", "0.3"));
    assertThat(run("ledger", "check", "--ledger", ledger)).isEqualTo(1);
    assertThat(out.toString()).contains("a.ndjson: ");
  }

  @Test
  void definitionsChangeWhatIsTold() throws IOException {
    Path yaml = folder.resolve("meters.yaml");
    Files.writeString(yaml, "meters: {api: {aggregation: COUNT, unit: calls}}");
    assertThat(run("ledger", "meters", "--ledger", ledger, "--define", yaml.toString()))
        .isEqualTo(0);
    assertThat(out.toString()).isEqualTo("api: COUNT in calls" + System.lineSeparator());
    usage("--csv");
    assertThat(out.toString()).isEqualTo("value\n3\n");
  }

  @Test
  void mistakesAreSaidInOneLine() {
    assertThat(usage("--window", "year")).isEqualTo(2);
    assertThat(err.toString()).startsWith("meterline: --window: 'year' is not one of none, minute");
    assertThat(usage("--zone", "Berlin")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'Berlin' is not a time zone: did you mean 'Europe/Berlin'?");
    assertThat(usage("--filter", "region")).isEqualTo(2);
    assertThat(err.toString()).contains("--filter: 'region' must be K=V");
    assertThat(usage("--top", "0")).isEqualTo(2);
    assertThat(usage("--csv", "--json")).isEqualTo(2);
    assertThat(run("ledger", "status", "--ledger", ledger + "x")).isEqualTo(1);
    assertThat(err.toString()).contains("no such file or folder");
    assertThat(
            run(
                "usage",
                "--ledger",
                ledger,
                "--meter",
                "apu",
                "--from",
                "2026-01-01",
                "--to",
                "2026-02-01"))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "meterline: no record is of a meter 'apu': did you mean 'api'? Known: api");
  }

  @Test
  void aNameThatNoRecordEverHadIsAnErrorWithTheNearest() {
    assertThat(usage("--group-by", "customer")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(
            "meterline: no record of meter 'api' has a dimension 'customer': did you mean"
                + " 'customerId'? Known: customerId");
    assertThat(usage("--filter", "customerId=c11", "--csv")).isEqualTo(1);
    assertThat(err.toString()).contains("no record is of a customer 'c11': did you mean 'c1'?");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAnswerWithoutRecordsSaysSoOnStandardError() {
    assertThat(
            run(
                "usage",
                "--ledger",
                ledger,
                "--meter",
                "api",
                "--from",
                "2027-01-01",
                "--to",
                "2027-01-02",
                "--filter",
                "customerId=c1",
                "--csv"))
        .isEqualTo(0);
    assertThat(out.toString()).isEqualTo("value\n0\n");
    assertThat(err.toString())
        .startsWith("meterline: no record of meter 'api' with customerId 'c1' from 2027-01-01T")
        .contains("there are some from 2026-10-25T00:00:00Z to 2026-10-25T01:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-2", "@SUM(1)"})
  void aFormulaIsNeutralisedWhereASpreadsheetIsMeant(String customer) throws IOException {
    Path more = folder.resolve("more.ndjson");
    Files.writeString(
        more,
        """
        {"meterApiName":"f","customerId":"%s","meterTimeInMillis":1792886400000,"meterValue":-7}
        """
            .formatted(customer));
    run("ledger", "load", "--ledger", ledger, more.toString());
    String[] command = {
      "usage",
      "--ledger",
      ledger,
      "--meter",
      "f",
      "--from",
      "2026-10-25",
      "--to",
      "2026-10-26",
      "--group-by",
      "customerId",
      "--csv",
      "--spreadsheet"
    };
    assertThat(run(command)).isEqualTo(0);
    assertThat(out.toString()).isEqualTo("customerId,value\n'" + customer + ",-7\n");
    assertThat(run(Arrays.copyOf(command, command.length - 1))).isEqualTo(0);
    assertThat(out.toString()).isEqualTo("customerId,value\n" + customer + ",-7\n");
    assertThat(usage("--spreadsheet")).isEqualTo(2);
    assertThat(err.toString()).contains("--spreadsheet: it is for CSV, add --csv");
  }

  @Test
  void aRangeThatEndsBeforeItStartsIsWrongUsage() {
    assertThat(
            run(
                "usage",
                "--ledger",
                ledger,
                "--meter",
                "api",
                "--from",
                "2026-02-01",
                "--to",
                "2026-01-01"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("from 2026-02-01T00:00:00Z is not before to 2026-01-01");
  }

  @Test
  void whatWouldBeTooMuchIsSaidToBe() {
    assertThat(
            run(
                "usage",
                "--ledger",
                ledger,
                "--meter",
                "api",
                "--from",
                "0001-01-01",
                "--to",
                "9999-12-31",
                "--window",
                "minute"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("more than 1000000 windows of a minute: ask for a shorter range");
  }

  @Test
  void theStatusCounts() {
    assertThat(run("ledger", "status", "--ledger", ledger)).isEqualTo(0);
    assertThat(out.toString()).contains("rows         3").contains("format       3");
  }

  @Test
  void twoFormsAtOnceAreWrongUsageInTheWordsOfTheOthers() {
    assertThat(usage("--csv", "--json")).isEqualTo(2);
    assertThat(err.toString()).startsWith("meterline: --csv").contains("mutually exclusive");
  }

  private int usage(String... more) {
    String[] all = new String[9 + more.length];
    System.arraycopy(
        new String[] {
          "usage",
          "--ledger",
          ledger,
          "--meter",
          "api",
          "--from",
          "2026-10-25",
          "--to",
          "2026-10-26"
        },
        0,
        all,
        0,
        9);
    System.arraycopy(more, 0, all, 9, more.length);
    return run(all);
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Meterline.commandLine(false)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
