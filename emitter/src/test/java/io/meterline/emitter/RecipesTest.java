package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each recipe is run as it is, and the agent takes what it logs, in each log format. */
final class RecipesTest {
  private static final String NASTY = "say \"hi\" \\ {0} %s ]} é 😀 meter_record_for_stream {";

  private static List<Arguments> recipes() {
    return List.of(
        Arguments.of("node", List.of("node", "node.mjs")),
        Arguments.of("python3", List.of("python3", "python.py")),
        Arguments.of("sh", List.of("sh", "shell.sh")));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void itsRecordsComeOutOfTextAndJsonLogLines(String program, List<String> recipe)
      throws Exception {
    Program.require(program);
    assertTaken(recipe);
  }

  @Test
  void goRecordsComeOutOfTextAndJsonLogLines() throws Exception {
    assertThat(Path.of("../recipes/go/main.go")).exists();
    Program.skipWithout("go");
    assertTaken(List.of("go", "run", "go/main.go"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void itRefusesWhatTheAgentWouldRefuse(String program, List<String> recipe) throws Exception {
    Program.require(program);
    for (List<String> bad :
        List.of(
            List.of(" ", "c", "1"),
            List.of("m", "", "1"),
            List.of("m", "c", "NaN"),
            List.of("m", "c", "1e999"),
            List.of("m", "c", "1\n2"),
            List.of("m", "c", "0x10"))) {
      var outcome = Program.run(command(recipe, bad));
      assertThat(outcome.exitCode()).as("%s %s", recipe, bad).isNotZero();
      assertThat(outcome.output()).doesNotContain("meter_record_for_stream");
    }
  }

  private static void assertTaken(List<String> recipe) throws Exception {
    Set<String> ids = new HashSet<>();
    for (String value : List.of("1", "-0.5", "19.90", "9007199254740993")) {
      long before = System.currentTimeMillis();
      var outcome =
          Program.run(
              command(recipe, List.of("api-calls", NASTY, value, "method=GET", "a=b=" + NASTY)));
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      List<String> lines = outcome.output().lines().toList();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).contains("meter_record_for_stream {\"meterApiName\"");
      assertThat(lines.get(1)).contains("meter_record_for_stream {\\\"meterApiName\\\"");
      assertThat(lines.get(2)).contains("\"meter_record_for_stream\":{\"meterApiName\"");
      for (String line : lines) {
        Agent agent = new Agent();
        List<String> records = agent.records(line);
        assertThat(records).as("%s; refused: %s", line, agent.refused()).hasSize(1);
        Json record = Json.of(records.getFirst());
        assertThat(record.text("meterApiName")).isEqualTo("api-calls");
        assertThat(record.text("customerId")).isEqualTo(NASTY);
        assertThat(record.number("meterValue")).isEqualTo(new BigDecimal(value));
        assertThat(record.dimensions()).isEqualTo(Map.of("method", "GET", "a", "b=" + NASTY));
        // A shell without milliseconds tells the second.
        assertThat(record.time()).isBetween(before - 1000, System.currentTimeMillis());
        ids.add(record.text("uniqueId"));
      }
    }
    assertThat(ids).hasSize(12);
  }

  private static List<String> command(List<String> recipe, List<String> arguments) {
    List<String> command = new ArrayList<>(recipe);
    command.set(command.size() - 1, Path.of("../recipes", recipe.getLast()).toString());
    command.addAll(arguments);
    return command;
  }
}
