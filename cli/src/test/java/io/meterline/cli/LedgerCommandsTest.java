package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(err.toString()).startsWith("meterline: --window: 'year' is none of none, minute");
    assertThat(usage("--zone", "Berlin")).isEqualTo(2);
    assertThat(err.toString()).contains("'Berlin' is no time zone; 'Europe/Berlin' is meant?");
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
            "meterline: no record of a meter 'apu' was seen; did you mean 'api'? there are api");
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
    assertThat(out.toString()).contains("rows         3").contains("format       2");
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
