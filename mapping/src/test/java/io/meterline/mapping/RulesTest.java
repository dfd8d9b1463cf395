package io.meterline.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RulesTest {
  private static final String API =
      """
      rules:
        - name: api
          logGroup: /app/*
          contains: '"route"'
          json: true
          when: line.status < 500
          record:
            meterApiName: "'api-calls'"
            customerId: line.tenant
            meterValue: line.bytes
            dimensions:
              route: line.route
              status: line.status
              slow: line.ms > 100
      """;

  @Test
  void aLineBecomesARecord() throws BadRules {
    Outcome outcome =
        Outcome.of(
            API, "{\"route\":\"/a\",\"status\":200,\"tenant\":\"c1\",\"bytes\":1.10,\"ms\":7}");
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.bare())
        .containsExactly(
            "{\"meterApiName\":\"api-calls\",\"customerId\":\"c1\",\"meterValue\":1.10,"
                + "\"dimensions\":{\"route\":\"/a\",\"status\":\"200\",\"slow\":\"false\"}}");
  }

  @Test
  void aFieldThatIsNotThereIsUnmappedAndNamed() throws BadRules {
    Outcome outcome = Outcome.of(API, "{\"route\":\"/a\",\"status\":200,\"bytes\":1.10,\"ms\":7}");
    assertThat(outcome.records()).isEmpty();
    assertThat(outcome.reasons()).containsExactly("unmapped");
    assertThat(outcome.details())
        .containsExactly("rule 'api': customerId (line.tenant): there is no 'tenant'");
  }
}
