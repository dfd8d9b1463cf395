package io.meterline.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Origin;
import io.meterline.core.record.LogEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules make of events. */
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
  private static final String LINE =
      "{\"route\":\"/a\",\"status\":200,\"tenant\":\"c1\",\"bytes\":1.10,\"ms\":7}";
  private static final String RECORD =
      "{\"meterApiName\":\"api-calls\",\"customerId\":\"c1\",\"meterValue\":1.10,"
          + "\"dimensions\":{\"route\":\"/a\",\"status\":\"200\",\"slow\":\"false\"}}";

  @Test
  void aLineBecomesARecord() throws BadRules {
    Outcome outcome = Outcome.of(API, LINE);
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.bare()).containsExactly(RECORD);
  }

  @Test
  void anEscapedMessageIsReadAsItWasLogged() throws BadRules {
    byte[] escaped = LINE.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8);
    LogEvent event =
        new LogEvent().from(Outcome.ORIGIN).escapedMessage(escaped, 0, escaped.length, false);
    byte[] id = {'1'};
    Outcome outcome =
        Outcome.of(RuleFile.read("f", API), event.id(id, 0, 1).timestamp(Outcome.TIME));
    assertThat(outcome.bare()).containsExactly(RECORD);
  }

  @Test
  void anEventWithAMarkerAndARuleGivesBoth() throws BadRules {
    String marked =
        LINE.replace(
            "}",
            ",\"meter_record_for_cw\":{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":2}}");
    assertThat(Outcome.of(API, marked).bare())
        .containsExactly("{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":2}", RECORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/app/api     | {\"route\":\"/a\",\"status\":500}",
        "/app/api     | {\"route\":\"/a\"}",
        "/app/api     | {\"path\":\"/a\",\"status\":200}",
        "/app/api     | text with \"route\"",
        "/other       | {\"route\":\"/a\",\"status\":200}",
      })
  void anEventThatIsNotMeantIsLeftAlone(String logGroup, String line) throws BadRules {
    Outcome outcome = Outcome.of(RuleFile.read("f", API), new Origin("1", logGroup, "s"), line);
    assertThat(outcome.records()).isEmpty();
    assertThat(outcome.refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "line.nope              | there is no 'nope'",
        "line.n / line.zero     | division by zero",
        "line.n % line.zero     | modulo by zero",
        "1 / int(line.zero)     | division by zero",
        "int(line.big) + 1      | overflow",
        "9223372036854775807 + int(line.n) | overflow",
        "line.huge + 1          | overflow",
        "line.word              | is a string, where a number is needed",
        "line.word * 2          | does not take a string",
        "decimal(line.word)     | decimal('abc'): not a number",
        "line.list              | is a list, where a number is needed",
        "line.n.deeper          | 'deeper' is read from a number",
        "line.twice             | 'twice' is duplicated",
        "millis(line.word)      | not an ISO-8601 time",
        "millis('2026-11-31T00:00:00Z') | not an ISO-8601 time",
        "millis('2026-11-31', 'yyyy-MM-dd') | the time is not written so",
        "millis('31/Nov/2026:00:00:00 +0000', 'dd/MMM/yyyy:HH:mm:ss Z') | the time is not written so",
        "millis('2026-11-30 24:00', 'uuuu-MM-dd HH:mm') | the time is not written so",
        "sum(line.list)         | 'sum' takes numbers, not a string",
      })
  void anExpressionThatFailsIsUnmappedWithRuleFieldAndCause(String expression, String cause)
      throws BadRules {
    String line =
        "{\"n\":7,\"zero\":0,\"big\":99999999999999999999,\"huge\":1e999999999,\"word\":\"abc\",\"list\":[\"x\"],\"twice\":1,\"twice\":2}";
    Outcome outcome = Outcome.of(valued(expression), line);
    assertThat(outcome.records()).isEmpty();
    assertThat(outcome.reasons()).containsExactly("unmapped");
    assertThat(outcome.details())
        .singleElement()
        .asString()
        .startsWith("rule 'v': meterValue (" + expression + "): ")
        .contains(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "line.a,                        1.10",
    "line.a + 1,                    2.10",
    "line.a * line.a,               1.2100",
    "line.long * 2,                 246913578024691357802",
    "line.exponent,                 1E3",
    "line.mb / 1024 * line.ms / 1000, 0.0375",
    "line.ms / 7,                   42.85714285714285714285714285714286",
    "ceil(line.ms / 7),             43",
    "line.a == 1.1 ? 5 : 6,         5",
    "line.ms in [300] ? 5 : 6,      5",
    "line.none == null ? 5 : 6,     5",
    "'line.none in [null] && line.ms != null ? 5 : 6', 5",
    "'millis(''2026-11-30 06:00'', ''yyyy-MM-dd HH:mm'')', 1796018400000",
    "'millis(''2026-11-30 06:00'', ''uuuu-MM-dd HH:mm'')', 1796018400000",
    "'1 + 1',                       2",
    "sum(line.many),                0.3",
    "'line.many.filter(x, x > 0.1)[0]', 0.2",
    "0.1 + 0.2,                     0.3",
    "0.1 * 3 + -0.10,               0.20",
    "1 - 0.9,                       0.1",
    "12345678901234567890.123456789, 12345678901234567890.123456789",
    "1.5e3 / 7.0,                   214.2857142857142857142857142857143",
    "int(2.9) + line.ms,            302",
    "'line.none == null ? 0.30 : 1.0', 0.30",
    "'[0.1, 0.2].map(x, x * 3)[0] + sum([0.1, 0.2])', 0.6",
    "'size(''é€😀'') + 0.1',        3.1",
  })
  void numbersAreExact(String expression, String value) throws BadRules {
    String line =
        "{\"a\":1.10,\"long\":123456789012345678901,\"exponent\":1E3,\"mb\":128,\"ms\":300,\"none\":null,\"many\":[0.1,0.2]}";
    Outcome outcome = Outcome.of(valued(expression), line);
    assertThat(outcome.details()).isEmpty();
    assertThat(outcome.bare())
        .containsExactly(
            "{\"meterApiName\":\"m\",\"customerId\":\"c\",\"meterValue\":" + value + "}");
  }

  private static String valued(String expression) {
    return """
    rules:
      - name: v
        json: true
        record:
          meterApiName: "'m'"
          customerId: "'c'"
          meterValue: "%s"
    """
        .formatted(expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"route\":\"/a\",\"status\":2        | starts like JSON but is not JSON",
        "{\"route\":\"/a\",\"status\":200} and | there is more after its end",
        "{\"route\":\"/a\",\"status\":0200}    | leading zero",
      })
  void aLineThatOnlyStartsAsJsonIsOneEntry(String line, String cause) throws BadRules {
    Outcome outcome = Outcome.of(API, line);
    assertThat(outcome.reasons()).containsExactly("unmapped");
    assertThat(outcome.details()).singleElement().asString().contains(cause);
  }

  @Test
  void aBrokenLineIsOneEntryForAllRulesThatReadJsonAndHidesNoOther() throws BadRules {
    String readsJson =
        "json: true, record: {meterApiName: \"'m'\", customerId: line.c, meterValue: 1}";
    String rules =
        """
        rules:
          - {name: first, %s}
          - {name: second, %s}
          - {name: third, regex: 'x=(?P<x>.)', when: decimal(captured.x) > 0, record: {meterApiName: "'m'", customerId: "'c'", meterValue: 1}}
        """
            .formatted(readsJson, readsJson);
    assertThat(Outcome.of(rules, "{\"c\":\"c1\", x=y").details())
        .satisfiesExactly(
            entry -> assertThat(entry).startsWith("rule 'first': the line starts like JSON"),
            entry -> assertThat(entry).startsWith("rule 'third': when (decimal(captured.x) > 0)"));
    LogEvent event = new LogEvent().from(Outcome.ORIGIN).plainMessage(new byte[] {'{'}, 0, 1);
    assertThat(RuleFile.read("f", rules).explainer().of(event))
        .extracting(verdict -> verdict.rule() + " " + verdict.takes())
        .containsExactly("first true", "second false", "third false");
  }

  @Test
  void aConditionThatFailsOtherwiseThanByAMissingFieldIsUnmapped() throws BadRules {
    assertThat(Outcome.of(API, LINE.replace("200", "\"OK\"")).details())
        .singleElement()
        .asString()
        .contains("rule 'api': when (line.status < 500)", "does not take a string and an int");
  }

  @Test
  void aRecordThatBreaksARuleOfRecordsHasThatReason() throws BadRules {
    assertThat(Outcome.of(API, LINE.replace("c1", " ")).reasons()).containsExactly("missing-field");
  }

  @Test
  void severalRecordsStandForThemselves() throws BadRules {
    String rules =
        """
        rules:
          - name: two
            json: true
            records:
              - {meterApiName: "'a'", customerId: line.c, meterValue: line.nope}
              - {meterApiName: "'b'", customerId: line.c, meterValue: 1, when: line.yes}
              - {meterApiName: item.m, customerId: line.c, meterValue: item.v, forEach: line.items}
        """;
    Outcome outcome =
        Outcome.of(
            rules,
            "{\"c\":\"c\",\"yes\":true,\"items\":[{\"m\":\"x\",\"v\":1},{\"m\":\"y\",\"v\":2}]}");
    assertThat(outcome.details())
        .containsExactly("rule 'two': record 1, meterValue (line.nope): there is no 'nope'");
    assertThat(outcome.records()).hasSize(3).doesNotHaveDuplicates();
    assertThat(outcome.bare())
        .containsExactly(
            "{\"meterApiName\":\"b\",\"customerId\":\"c\",\"meterValue\":1}",
            "{\"meterApiName\":\"x\",\"customerId\":\"c\",\"meterValue\":1}",
            "{\"meterApiName\":\"y\",\"customerId\":\"c\",\"meterValue\":2}");
  }

  @Test
  void aLaterRuleChangesNoIdOfAnEarlierOne() throws BadRules {
    String later = API + API.replace("rules:\n", "").replace("name: api", "name: later");
    assertThat(Outcome.of(later, LINE).records())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .startsWith(Outcome.of(API, LINE).records().getFirst());
  }

  @Test
  void bytesThatAreNotUtf8NeverBecomeAnotherCustomer() throws BadRules {
    String rules =
        """
        rules:
          - name: r
            regex: '^user=(?P<user>\\S+)'
            record: {meterApiName: "'m'", customerId: captured.user, meterValue: 1}
        """;
    byte[] line = "user=M\u00fcller".getBytes(StandardCharsets.ISO_8859_1);
    Outcome outcome = Outcome.of(RuleFile.read("f", rules), Outcome.ORIGIN, line);
    assertThat(outcome.records()).isEmpty();
    assertThat(outcome.details()).singleElement().asString().contains("not UTF-8");
  }
}
