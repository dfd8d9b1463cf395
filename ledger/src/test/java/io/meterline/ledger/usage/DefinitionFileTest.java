package io.meterline.ledger.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DefinitionFileTest {
  @Test
  void definitionsAreRead() throws BadQuery {
    assertThat(
            DefinitionFile.read(
                """
                meters:
                  api-calls: {unit: calls}
                  active-users: {aggregation: unique_count, over: userId}
                """))
        .containsExactly(
            new MeterDefinition("api-calls", Aggregation.SUM, "", "calls"),
            new MeterDefinition("active-users", Aggregation.UNIQUE_COUNT, "userId", ""));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> DefinitionFile.read("meters: {a: {aggregate: SUM}}"))
        .hasMessageContaining("meter 'a': 'aggregate' is unknown");
    assertThatThrownBy(() -> DefinitionFile.read("meters: {a: {aggregation: TOTAL}}"))
        .hasMessageContaining("'TOTAL' is not one of [SUM,");
    assertThatThrownBy(() -> DefinitionFile.read("meters: {a: {aggregation: UNIQUE_COUNT}}"))
        .hasMessageContaining("'over' names the dimension");
    assertThatThrownBy(() -> DefinitionFile.read("a: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> DefinitionFile.read("[]")).hasMessageContaining("'meters'");
  }
}
