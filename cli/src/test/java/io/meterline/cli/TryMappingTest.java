package io.meterline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What both commands of rules say to a person and to a script. */
final class TryMappingTest {
  private static final String RULES =
      """
      rules:
        - name: bytes
          json: true
          when: has(line.bytes)
          record: {meterApiName: "'bytes'", customerId: line.user, meterValue: line.bytes, meterTimeInMillis: "7"}
        - name: slow
          json: true
          when: line.ms > 100
          record: {meterApiName: "'slow'", customerId: line.user, meterValue: "1", meterTimeInMillis: "7"}
        - name: never
          contains: nobody logs this
          record: {meterApiName: "'n'", customerId: "'c'", meterValue: "1"}
      """;
  private static final String SAMPLE =
      """
      {"user":"bob","bytes":1.10}
      {"user":"ann","bytes":2,"ms":101}
      {"bytes":3}
      {"bytes":
      plain text
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void eachLineIsToldWithItsRuleItsRecordOrItsFailure() throws IOException {
    assertThat(run("try-mapping", rules(RULES), sample(SAMPLE))).isZero();
    assertThat(out.toString())
        .contains("1  {\"user\":\"bob\",\"bytes\":1.10}")
        .contains(
            "   bytes  {\"meterApiName\":\"bytes\",\"customerId\":\"bob\",\"meterValue\":1.10")
        .contains("   warning: several rules take it: bytes, slow")
        .containsPattern("bytes  unmapped  .*customerId.*line\\.user")
        .contains("starts like JSON but is not JSON")
        .contains("5  plain text" + System.lineSeparator() + "   no rule takes it")
        .contains("rules that took nothing: never")
        .doesNotContain("\u001b");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void forAScriptEachEventIsAnObjectAndTheLastHoldsTheCounts() throws IOException {
    assertThat(run("try-mapping", "--json", rules(RULES), sample(SAMPLE))).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0))
        .startsWith("{\"event\":1,")
        .contains("\"records\":[{\"rule\":\"bytes\",\"record\":{", "\"customerId\":\"bob\"");
    assertThat(lines.get(1)).contains("\"rules\":[\"bytes\",\"slow\"]");
    assertThat(lines.get(2)).contains("\"failures\":[{\"rule\":\"bytes\",\"reason\":\"unmapped\"");
    assertThat(lines.get(4)).contains("\"rules\":[]", "\"passedOver\":[{\"rule\":\"bytes\"");
    assertThat(lines.getLast())
        .startsWith("{\"events\":5,\"records\":3,")
        .contains("\"untaken\":1,")
        .endsWith("\"idleRules\":[\"never\"]}");
  }

  @Test
  void onlyStrictnessMakesAFailureAnExitCode() throws IOException {
    assertThat(run("try-mapping", "--strict", rules(RULES), sample(SAMPLE))).isEqualTo(3);
    assertThat(run("try-mapping", "--strict", rules(RULES), sample("plain\n"))).isZero();
  }

  @Test
  void wrongRulesAreALineEachAndWrongUsage() throws IOException {
    String wrong = rules(RULES.replace("json:", "jsn:").replace("line.ms > 100", "line.ms +"));
    assertThat(run("try-mapping", wrong, sample(SAMPLE))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).allMatch(line -> line.startsWith(wrong + ":"));
    assertThat(err.toString()).contains(":3:", ":7:", "'jsn'");
  }

  @Test
  void aMissingFileIsNamedAndAnUnknownBuiltInListsThoseThereAre() throws IOException {
    assertThat(run("try-mapping", rules(RULES), folder.resolve("none.log").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("none.log");
    assertThat(run("try-mapping", "builtin:apache", sample(SAMPLE))).isEqualTo(2);
    assertThat(err.toString()).contains("nginx-combined");
    assertThat(run("try-mapping", "--watch", rules(RULES), "-")).isEqualTo(2);
  }

  @Test
  void onATerminalRecordsFailuresAndWarningsHaveTheirColours() {
    TrialText text = new TrialText(new PrintWriter(out, true), true);
    MappingTrial.Made record = new MappingTrial.Made("bytes", "{}", null);
    text.event(1, new MappingTrial.Event("line\u001b[2J", List.of(), List.of(record)));
    assertThat(out.toString())
        .contains("\u001b[32mbytes\u001b[0m", "\u001b[33mno rule takes it\u001b[0m")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void whatIsSuggestedIsARuleFileThatTakesItsSample() throws IOException {
    String sample =
        sample("{\"ts\":1663094105062,\"tenantId\":\"t1\",\"bytes\":12}\nplain\n".repeat(3));
    assertThat(run("suggest-mapping", sample)).isZero();
    assertThat(err.toString()).contains("looked at 3 JSON lines; 3 others");
    String suggested = rules(out.toString());
    assertThat(out.toString()).contains("line.tenantId", "line.bytes", "line.ts");
    assertThat(run("try-mapping", "--strict", suggested, sample)).isZero();
    assertThat(out.toString()).contains("\"customerId\":\"t1\"", "\"meterValue\":12");
  }

  @Test
  void withoutAJsonLineNothingIsSuggested() throws IOException {
    assertThat(run("suggest-mapping", sample("plain\n"))).isEqualTo(1);
    assertThat(err.toString()).contains("no line of it is a JSON object");
  }

  @Test
  void whatIsSavedWhileWatchedIsTriedAgain() throws IOException, InterruptedException {
    String rules = rules(RULES.replace("json:", "jsn:"));
    Process process =
        new Program(folder).startTogether("try-mapping", "--watch", rules, sample(SAMPLE));
    try (BufferedReader words = process.inputReader()) {
      awaits(words, "'jsn'");
      rules(RULES);
      awaits(words, "rules that took nothing: never");
      Path other = folder.resolve("other.yaml");
      Files.writeString(other, RULES.replace("name: never", "name: renamed"));
      Files.delete(Path.of(rules));
      Files.move(other, Path.of(rules));
      awaits(words, "rules that took nothing: renamed");
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static void awaits(BufferedReader words, String text) throws IOException {
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("it ended before it said " + text);
  }

  private String rules(String text) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), text).toString();
  }

  private String sample(String text) throws IOException {
    return Files.writeString(folder.resolve("sample.log"), text).toString();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Meterline.commandLine(false);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
