package io.meterline.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proposed rules, each applied unchanged to the lines that they were made from. */
final class SuggestionTest {
  @Test
  void aNumberInQuotesIsTheQuantity() throws BadRules {
    List<String> sample =
        List.of(
            "{\"customer\":\"c1\",\"units\":\"3\",\"ts\":\"2026-11-01T00:00:00Z\"}",
            "{\"customer\":\"c2\",\"units\":\"4.50\",\"ts\":\"2026-11-01T00:00:01Z\"}");
    assertThat(suggested(sample)).contains("meterValue: 'decimal(line.units)'\n".replace("'", ""));
    assertThat(records(sample)).hasSize(2).first().asString().contains("\"meterValue\":3,");
  }

  @Test
  void theCustomerMayBeNestedAndIsRatherATenantThanAUser() throws BadRules {
    List<String> sample =
        List.of(
            "{\"user\":{\"id\":\"u1\"},\"tenant\":{\"id\":\"t1\",\"name\":\"T\"},\"bytes\":1,\"@t\":\"2026-11-01T00:00:00.1234567Z\"}",
            "{\"user\":{\"id\":\"u1\"},\"tenant\":{\"id\":\"t2\",\"name\":\"T\"},\"bytes\":2,\"@t\":\"2026-11-01T00:00:01+01:00\"}");
    assertThat(suggested(sample))
        .contains(
            "customerId: line.tenant.id\n",
            "meterTimeInMillis: \"millis(line['@t'])\""
                .replace("\"", "'")
                .replace("['@t']", "[''@t'']"));
    assertThat(records(sample)).hasSize(2).first().asString().contains("\"customerId\":\"t1\"");
  }

  @Test
  void linesWithoutTheFieldsAreNotTakenAndNoneOfThemIsQuarantined() throws BadRules {
    List<String> sample = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sample.add(
          "{\"ts\":169000000000%d,\"tenant_id\":\"t%d\",\"request_id\":\"r-%d\",\"tokens\":%d,\"model\":\"m\"}"
              .formatted(i, i % 2, i, i));
      sample.add("{\"level\":\"info\",\"msg\":\"started\",\"n\":%d}".formatted(i));
      sample.add("{\"tenant_id\":\"t1\",\"msg\":\"login\"}");
      sample.add("{\"tenant_id\":null,\"tokens\":null}");
      sample.add("{\"tenant_id\":\"\",\"tokens\":7,\"ts\":1690000000000}");
      sample.add("{worker-%d} started".formatted(i));
      sample.add("GET / 200");
    }
    Outcome all = outcome(sample);
    assertThat(all.details()).isEmpty();
    assertThat(all.records()).hasSize(5);
    assertThat(suggested(sample))
        .contains("# uniqueId: line.request_id", "has(line.tenant_id)", "contains: [");
  }

  @Test
  void anIdThatComesTwiceIsNotOffered() {
    assertThat(
            suggested(
                List.of(
                    "{\"customer\":\"c\",\"units\":1,\"request_id\":\"r\"}",
                    "{\"customer\":\"c\",\"units\":1,\"request_id\":\"r\"}")))
        .doesNotContain("uniqueId");
  }

  @Test
  void whatItIsUnsureOfItSays() throws BadRules {
    List<String> sample =
        List.of(
            "{\"time\":\"2026-11-01T00:00:00\",\"status\":200}",
            "{\"time\":\"2026-11-01T00:00:01\",\"status\":404}");
    assertThat(suggested(sample))
        .contains(
            "UNSURE: no field is called like a customer",
            "UNSURE: no number is called like a quantity",
            "Other numbers: line.status",
            "UNSURE: a time without a zone is read as UTC");
    assertThat(records(sample)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1690000000123, line.ts",
    "1690000000, floor(line.ts * 1000)",
    "1690000000.25, floor(line.ts * 1000)"
  })
  void epochTimesAreMillisecondsOrSeconds(String ts, String expression) throws BadRules {
    List<String> sample = List.of("{\"customer\":\"c\",\"count\":1,\"ts\":" + ts + "}");
    assertThat(suggested(sample)).contains("meterTimeInMillis: ").contains(expression);
    assertThat(records(sample))
        .singleElement()
        .asString()
        .contains("\"meterTimeInMillis\":1690000000");
  }

  @ParameterizedTest
  @CsvSource({"accountNumber", "customerId", "customer_id", "org", "ClientKey"})
  void aCustomerThatIsANumberIsMadeAText(String name) throws BadRules {
    List<String> sample = List.of("{\"" + name + "\":42,\"sizeBytes\":1.10}");
    assertThat(records(sample))
        .singleElement()
        .asString()
        .contains("\"customerId\":\"42\"", "\"meterValue\":1.10");
  }

  @Test
  void aFieldThatIsAnObjectElsewhereIsNotUsed() throws BadRules {
    List<String> sample =
        List.of(
            "{\"tenant\":\"t\",\"account\":\"a\",\"units\":1}",
            "{\"tenant\":{\"id\":\"t\"},\"account\":\"b\",\"units\":2}");
    assertThat(records(sample)).hasSize(2);
    assertThat(suggested(sample)).contains("customerId: line.account");
  }

  private static String suggested(List<String> sample) {
    Suggestion suggestion = new Suggestion();
    sample.forEach(suggestion::add);
    return suggestion.text().orElseThrow();
  }

  private static List<String> records(List<String> sample) throws BadRules {
    Outcome outcome = outcome(sample);
    assertThat(outcome.details()).isEmpty();
    return outcome.records();
  }

  private static Outcome outcome(List<String> sample) throws BadRules {
    Rules rules = RuleFile.read("proposal.yaml", suggested(sample));
    List<String> records = new ArrayList<>();
    List<io.meterline.core.Quarantined> refused = new ArrayList<>();
    for (String line : sample) {
      Outcome one = Outcome.of(rules, Outcome.ORIGIN, line);
      records.addAll(one.records());
      refused.addAll(one.refused());
    }
    return new Outcome(records, refused);
  }
}
