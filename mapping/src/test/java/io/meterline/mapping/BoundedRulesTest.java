package io.meterline.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules that multiply what one line holds. Each must end with one entry that names the rule and the
 * limit, leave the other rules' records, and allocate no more than a few times its bounds: what is
 * allocated bounds both the memory that it takes and the time.
 */
final class BoundedRulesTest {
  private static final long MEBIBYTE = 1024 * 1024;

  /** All that is allocated, most of which is garbage at once. */
  private static final long MOST_ALLOCATED = 320 * MEBIBYTE;

  private static final String NEIGHBOURS =
      """
        - name: first
          record: {meterApiName: "'first'", customerId: "'c'", meterValue: 1}
      ATTACK
        - name: last
          json: true
          record: {meterApiName: "'last'", customerId: "'c'", meterValue: size(line.tag)}
      """;

  static List<Arguments> attacks() {
    String items = "[" + String.join(",", Collections.nCopies(1_000, "1")) + "]";
    String many = "[" + String.join(",", Collections.nCopies(5_000, "1")) + "]";
    String a100k = "\"" + "a".repeat(100_000) + "\"";
    return List.of(
        Arguments.of(
            "a thousand copies of a long line",
            each("line.l", "dimensions: {all: event.message}"),
            line("l", items, "s", "\"" + "x".repeat(205_000) + "\""),
            "makes more than"),
        Arguments.of(
            "a thousand copies of a long member",
            each("line.l", "dimensions: {all: line.s}"),
            line("l", items, "s", "\"" + "x".repeat(205_000) + "\""),
            "makes more than"),
        Arguments.of(
            "a thousand records that are each too large",
            each("line.l", "dimensions: {all: line.s + line.s}"),
            line("l", items, "s", "\"" + "x".repeat(205_000) + "\""),
            "needs more than"),
        Arguments.of(
            "a text that doubles and doubles",
            one("size([line.s]" + ".map(a, a + a + a + a)".repeat(8) + "[0])"),
            line("s", "\"" + "x".repeat(205_000) + "\""),
            "needs more than"),
        Arguments.of(
            "a text that grows in plain operators",
            one("line.s" + " + line.s".repeat(40) + " == 'x' ? 1 : 2"),
            line("s", "\"" + "x".repeat(205_000) + "\""),
            "needs more than"),
        Arguments.of(
            "a text in a list for each of many elements",
            one("size(line.l.map(x, line.s + 'y'))"),
            line("l", many, "s", a100k),
            "needs more than"),
        Arguments.of(
            "an object of as many copies",
            one("size(line.l.transformMapEntry(i, x, {string(i): line.s + 'y'}))"),
            line("l", many, "s", a100k),
            "needs more than"),
        Arguments.of(
            "letters of a text, one by one, time after time",
            one("line.l.map(x, size(line.s.split('')))[0]"),
            line("l", many, "s", a100k),
            "needs more than"),
        Arguments.of(
            "an expression over a long text, time after time",
            one("size(line.l.filter(x, line.s.matches('b+c')))"),
            line("l", many, "s", a100k),
            "needs more than"),
        Arguments.of(
            "a search whose worst case is the product of both lengths",
            one("size(line.l.filter(x, line.s.indexOf(line.t) > 0))"),
            line("l", many, "s", a100k, "t", "\"" + "a".repeat(50_000) + "b\""),
            "needs more than"),
        Arguments.of(
            "the same in plain operators",
            each("line.l", "when: line.s.contains(line.t)"),
            line("l", items, "s", a100k, "t", "\"" + "a".repeat(50_000) + "b\""),
            "needs more than"),
        Arguments.of(
            "loops in loops",
            each("line.l", "when: line.l.all(x, line.l.exists(y, y == 2 || x == 1))"),
            line("l", items),
            "needs more than"),
        Arguments.of(
            "failures that an operator passes over",
            each("line.l", "when: line.s + line.s + line.s == 'x' || true"),
            line("l", items, "s", a100k),
            "needs more than"),
        Arguments.of(
            "JSON in JSON, read time after time",
            one("size(line.l.map(x, json(line.s)))"),
            line("l", many, "s", "\"[" + "1,".repeat(40_000) + "1]\""),
            "needs more than"),
        Arguments.of(
            "equality of large values",
            one("size(line.l.filter(x, line.s == line.t))"),
            line("l", many, "s", items.repeat(1), "t", items),
            "needs more than"),
        Arguments.of(
            "the names of a large object",
            one("size(line.l.filter(x, 'k' in line.s))"),
            line("l", many, "s", "{" + "\"n\":1,".repeat(20_000) + "\"m\":1}"),
            "needs more than"),
        Arguments.of(
            "empty objects, which take a hundred times the memory of their text",
            one("size(line.l)"),
            line("l", "[" + ("[" + "{},".repeat(1_000) + "1],").repeat(330) + "1]"),
            "needs more than"),
        Arguments.of(
            "a list of more elements than are held",
            one("size(line.l)"),
            line("l", "[" + "1,".repeat(100_000) + "1]"),
            "a list of more than 100000 elements"),
        Arguments.of(
            "a regular expression from the line that would be huge",
            one("line.s.matches(line.p) ? 1 : 2"),
            line("s", "\"a\"", "p", "\"(((a{1000}){1000}){1000})\""),
            "repetitions make it too large"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void whatIsTooMuchIsOneEntryAndHarmsNoOtherRule(
      String what, String rule, String line, String said) throws BadRules {
    Rules rules = RuleFile.read("f", "rules:\n" + NEIGHBOURS.replace("ATTACK\n", rule));
    long before = allocated();
    Outcome outcome = Outcome.of(rules, Outcome.ORIGIN, line);
    long after = allocated();
    assertThat(outcome.details())
        .singleElement()
        .asString()
        .startsWith("rule 'attack': ")
        .contains(said)
        .hasSizeLessThan(6_000);
    assertThat(outcome.bare())
        .containsExactly(
            "{\"meterApiName\":\"first\",\"customerId\":\"c\",\"meterValue\":1}",
            "{\"meterApiName\":\"last\",\"customerId\":\"c\",\"meterValue\":3}");
    assertThat(after - before).as("allocated").isLessThan(MOST_ALLOCATED);
  }

  @Test
  void aHundredRulesOfManyRecordsOfAThousandElementsAreBoundedTogether() throws BadRules {
    String record =
        "      - {meterApiName: \"'m'\", customerId: \"'c'\", meterValue: 1, forEach: line.l,"
            + " dimensions: {all: line.s}}\n";
    StringBuilder text = new StringBuilder("rules:\n");
    for (int i = 0; i < 100; i++) {
      text.append("  - name: r%d\n    json: true\n    records:\n".formatted(i))
          .append(record.repeat(60));
    }
    Rules rules = RuleFile.read("f", text.toString());
    String line =
        line(
            "l",
            "[" + String.join(",", Collections.nCopies(1_000, "1")) + "]",
            "s",
            "\"" + "x".repeat(5_000) + "\"");
    long before = allocated();
    Outcome outcome = Outcome.of(rules, Outcome.ORIGIN, line);
    assertThat(allocated() - before).isLessThan(2 * MOST_ALLOCATED);
    assertThat(outcome.records()).isEmpty();
    assertThat(outcome.reasons()).hasSize(100);
    assertThat(outcome.details()).doesNotHaveDuplicates();
  }

  @Test
  void genuineRulesOverALargeEventPass() throws BadRules {
    String items =
        String.join(
            ",",
            Collections.nCopies(
                1_000, "{\"m\":\"meter\",\"v\":1.5,\"tag\":\"" + "t".repeat(900) + "\"}"));
    Outcome outcome =
        Outcome.of(
            """
            rules:
              - name: items
                json: true
                regex: '^\\S*"(?P<word>l)"'
                when: event.message.matches('[a-z]+') && sum(line.l.map(x, x.v)) > 1
                record:
                  forEach: line.l
                  meterApiName: item.m
                  customerId: line.tag
                  meterValue: item.v * 2
                  dimensions: {tag: item.tag, value: string(item.v)}
            """,
            line("l", "[" + items + "]"));
    assertThat(outcome.details()).isEmpty();
    assertThat(outcome.records()).hasSize(1_000);
  }

  private static String each(String forEach, String more) {
    return """
      - name: attack
        json: true
        record:
          forEach: %s
          meterApiName: "'m'"
          customerId: "'c'"
          meterValue: 1
          %s
    """
        .formatted(forEach, more);
  }

  private static String one(String value) {
    return """
      - name: attack
        json: true
        record: {meterApiName: "'m'", customerId: "'c'", meterValue: "%s"}
    """
        .formatted(value);
  }

  private static String line(String... members) {
    StringBuilder line = new StringBuilder("{\"tag\":\"tag\"");
    for (int i = 0; i < members.length; i += 2) {
      line.append(",\"%s\":%s".formatted(members[i], members[i + 1]));
    }
    return line.append('}').toString();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
