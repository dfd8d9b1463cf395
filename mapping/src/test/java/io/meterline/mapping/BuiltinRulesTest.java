package io.meterline.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.core.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each ready-made rule file, on lines of the format that it is for. */
final class BuiltinRulesTest {
  private static final Path FOLDER = Path.of("rules");
  private static final Origin ORIGIN = new Origin("123456789012", "/aws/lambda/orders", "stream");

  static List<String> names() {
    return BuiltinRules.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSampleLinesGiveTheExpectedRecords(String name) throws Exception {
    Rules rules = RuleFile.read(name, BuiltinRules.text(name));
    List<String> records = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve(name + ".log"))) {
      Outcome outcome = Outcome.of(rules, ORIGIN, line);
      assertThat(outcome.details()).as(line).isEmpty();
      records.addAll(outcome.bare());
    }
    assertThat(records).isEqualTo(Files.readAllLines(FOLDER.resolve(name + ".expected.ndjson")));
  }

  @Test
  void allFilesOfTheFolderAreListed() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> file.endsWith(".yaml"))
          .containsExactlyInAnyOrderElementsOf(
              names().stream().map(name -> name + ".yaml").toList());
    }
  }

  @Test
  void anUnknownNameHasTheNearestOne() {
    assertThatThrownBy(() -> BuiltinRules.text("nginx"))
        .hasMessageContaining("builtin:nginx is unknown")
        .hasMessageContaining("nginx-combined");
  }
}
