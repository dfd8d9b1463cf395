package io.meterline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.mapping.BuiltinRules;
import io.meterline.mapping.RuleFile;
import io.meterline.mapping.Rules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo whose agents have rules for the access log of its API. */
final class DemoRulesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter words = new StringWriter();
  private final Path folder;

  DemoRulesTest(@TempDir Path home) {
    folder = home.resolve("demo");
  }

  @Test
  void theReadyMadeRulesMeterEachCallOfTheApi() throws Exception {
    Rules rules = RuleFile.read("builtin:api-gateway-json", BuiltinRules.text("api-gateway-json"));
    assertThat(demo(rules, 25, 0, false)).as("%s %s", out, words).isTrue();
    assertThat(out.toString())
        // Two records of each call.
        .containsPattern("api-gateway-json +50 +50 +0 ")
        .contains("25 sent, 0 missing; the ledger counts 75 records")
        .contains("25 lines in the access log; rules made nothing of 0");
    assertThat(words.toString()).contains("rules   builtin:api-gateway-json");
  }

  @Test
  void underChaosRulesThatFailAndRulesThatTakeMarkedLinesStillAddUp() throws Exception {
    Rules rules =
        RuleFile.read(
            "rules.yaml",
            """
            rules:
              - name: quick
                logGroup: /aws/apigateway/*
                json: true
                records:
                  - meterApiName: "'quick-calls'"
                    customerId: line.user
                    meterValue: 1
                    uniqueId: line.requestId
                  - meterApiName: "'one-by-way'"
                    customerId: line.user
                    # Some have no such way.
                    meterValue: "{'/direct-s3': 1, '/direct-api': 2.5}[line.resourcePath]"
                    uniqueId: line.requestId
              - name: marked
                contains: meter_record_for
                record: {meterApiName: "'log-bytes'", customerId: "'us'", meterValue: size(event.message)}
              - name: nothing
                contains: never
                record: {meterApiName: "'m'", customerId: "'c'", meterValue: 1}
            """);
    assertThat(demo(rules, 200, 10, true)).as("%s %s", out, words).isTrue();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines)
        // 180 whole lines of the access log, of which three in five have no such way, and 20 that
        // are no JSON.
        .anyMatch(line -> line.matches("marked +80 +80 +0 .*"))
        .anyMatch(line -> line.matches("nothing +0 +0 +0 .*"))
        .anyMatch(line -> line.matches("200 lines in the access log; rules made nothing of 0"));
    String quick =
        lines.stream().filter(line -> line.startsWith("quick ")).findFirst().orElseThrow();
    String[] cells = quick.split(" +", -1);
    assertThat(Long.parseLong(cells[1]))
        .isEqualTo(Long.parseLong(cells[2]) + Long.parseLong(cells[3]))
        .isEqualTo(2 * 180 + 20);
    try (Stream<Path> files = Files.walk(folder.resolve("quarantine-bucket"))) {
      assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
    }
  }

  private boolean demo(Rules rules, int requests, double badPercent, boolean chaos)
      throws Exception {
    DemoSettings settings =
        new DemoSettings(
            OptionalInt.of(0),
            requests,
            badPercent,
            true,
            Optional.of(folder),
            chaos,
            Optional.of(rules),
            7);
    return new Demo(settings, new PrintWriter(out), new PrintWriter(words), false).run();
  }
}
