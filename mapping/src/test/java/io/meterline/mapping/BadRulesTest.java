package io.meterline.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a rule file that is wrong. */
final class BadRulesTest {
  private static final String RULE =
      """
      rules:
        - name: api
          json: true
          regex: '(?P<word>a)'
          record:
            meterApiName: "'m'"
            customerId: line.c
            meterValue: VALUE
      """;

  @Test
  void theWordsOfAllRulesTogetherAreBounded() throws BadRules {
    String rule =
        """
          - name: %s
            contains: %s
            record: {meterApiName: "'m'", customerId: "'c'", meterValue: "1"}
        """;
    String fits = "rules:\n" + rule.formatted("a", "x".repeat(20_000));
    assertThat(RuleFile.read("r", fits + rule.formatted("b", "x".repeat(20_000))).names())
        .containsExactly("a", "b");
    assertThat(problems(fits + rule.formatted("b", "y")))
        .singleElement()
        .asString()
        .contains("rule 'b', contains", "20000 bytes");
  }

  @Test
  void allMistakesAreToldAtOnceEachWithItsPlace() {
    assertThat(
            problems(
                """
                rules:
                  - name: api
                    contain: x
                    when: line.status
                    record:
                      meterApiName: api-calls
                      customerId: event.logGrop
                      meterValue: "'1'"
                  - name: api
                    regex: '(?=a)b'
                    record:
                      customerId: "'c'"
                      meterApiNam: "'m'"
                """))
        .satisfiesExactlyInAnyOrder(
            each -> assertThat(each).startsWith("f.yaml:3:5: ").contains("'contains' is meant?"),
            each -> assertThat(each).startsWith("f.yaml:4:11: ").contains("'line' is there only"),
            each -> assertThat(each).startsWith("f.yaml:6:21: ").contains("\"'api-calls'\""),
            each ->
                assertThat(each).startsWith("f.yaml:7:19: ").contains("'event.logGroup' is meant?"),
            each -> assertThat(each).startsWith("f.yaml:8:20: ").contains("must be a number"),
            each ->
                assertThat(each).startsWith("f.yaml:9:5: ").contains("has this name, in line 2"),
            each ->
                assertThat(each).startsWith("f.yaml:10:12: ").contains("look-around", "refused"),
            each ->
                assertThat(each).startsWith("f.yaml:12:7: ").contains("'meterApiName' is missing"),
            each ->
                assertThat(each).startsWith("f.yaml:13:7: ").contains("'meterApiName' is meant?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                  | the file is empty",
        "a: [b               | this is not YAML",
        "just text           | a mapping is expected here, not 'just text'",
        "rules: 7            | a list is expected here, not '7'",
        "rules: []           | 1 to 1000 rules are expected",
        "rule: []            | 'rules' is meant?",
        "rules: [x]          | a mapping is expected here, not 'x'",
        "`rules: [{name: a, name: b}]` | 'name' is duplicated",
        "`a: 1\n---\nb: 2`   | this is not YAML",
      })
  void aFileThatIsNoRuleFileIsToldSo(String text, String said) {
    assertThat(problems(text)).anySatisfy(each -> assertThat(each).contains(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"'a'\"             | must be a number, and is string",
        "captured.word       | must be a number, and is string: decimal(…) reads one",
        "captured.wort       | 'captured.word' is meant?",
        "line.a <            | it ends too early",
        "size                | 'size' is a function: it needs brackets",
        "1 + 'a'             | no matching overload",
        "''                  | it ends too early",
      })
  void anExpressionThatIsWrongIsShown(String expression, String said) {
    assertThat(problems(RULE.replace("VALUE", expression)))
        .anySatisfy(each -> assertThat(each).contains(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(?P<w>a)\\1         | back-reference",
        "a(?!b)              | look-around",
        "(a                  | does not compile",
        "((a{1000}){1000})   | repetitions",
        "(((a{1000}){1000}){1000}) | repetitions",
        "(?:(?:(?:[ab]{1,900}){1,900}){1,900}){2,} | repetitions",
      })
  void aRegexThatWouldBacktrackOrDoesNotCompileIsRefused(String regex, String said) {
    assertThat(problems(RULE.replace("(?P<word>a)", regex).replace("VALUE", "1")))
        .anySatisfy(each -> assertThat(each).startsWith("f.yaml:4:12: ").contains(said));
  }

  @Test
  void aRegexThatIsNestedVeryDeepIsRefused() {
    String deep = "(".repeat(900) + "a" + ")".repeat(900);
    assertThat(problems(RULE.replace("(?P<word>a)", deep).replace("VALUE", "1")))
        .singleElement()
        .asString()
        .contains("nested deeper than 100");
  }

  @Test
  void aFileThatItsAliasesMakeLargeIsRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(",", Collections.nCopies(10, alias))));
    }
    assertThat(problems(text.toString())).singleElement().asString().contains("aliases");
  }

  @Test
  void anExpressionThatIsTooLongOrTooDeepIsRefused() {
    assertThat(problems(RULE.replace("VALUE", "1" + " + 1".repeat(2_000)))).isNotEmpty();
    assertThat(problems(RULE.replace("VALUE", "(".repeat(200) + "1" + ")".repeat(200))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"[, ]", "'{a: ', }", "'- ', ''", "'? ', ''", "'!!set {? ', }", "'&a [', ]"})
  void aFileThatIsNestedWithoutEndIsRefusedWithItsPlace(String open, String close) {
    for (int depth : new int[] {30, 100_000}) {
      String text = "rules: " + (open.equals("- ") || open.equals("? ") ? "\n" : "");
      String nested = open.repeat(depth) + "x" + (close == null ? "" : close.repeat(depth));
      assertThat(problems(text + nested))
          .singleElement()
          .asString()
          .startsWith("f.yaml:")
          .containsAnyOf("is nested deeper than 16 levels", "this is not YAML")
          .hasSizeLessThan(500);
    }
  }

  @Test
  void aFileOfVeryManyValuesIsRefused() {
    assertThat(problems("rules: [" + "a,".repeat(200_000) + "a]"))
        .singleElement()
        .asString()
        .contains("more than 100000 values");
    assertThat(problems("x".repeat(RuleFile.MOST_CHARACTERS + 1)))
        .singleElement()
        .asString()
        .contains("the limit is 1048576");
  }

  @Test
  void whatIsSaidOfAFileThatIsWrongEverywhereIsBounded() {
    String text =
        "a: &a " + "x".repeat(500_000) + "\nrules:\n" + "  - {name: *a, when: *a}\n".repeat(900);
    assertThat(problems(text))
        .hasSizeLessThan(110)
        .allSatisfy(each -> assertThat(each).hasSizeLessThan(2_500))
        .anySatisfy(each -> assertThat(each).contains("there are more than 100 problems"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`-`      | 1   | ``",
        "`!`      | true | ``",
        "`[`      | 1   | `]`",
        "`{1: `   | 1   | `}`",
        "`1 + `   | 1   | ``",
        "``       | line| `.a`",
        "``       | line| `['a']`",
        "`size([` | 1   | `])`",
        "`true ? 1 : ` | 1 | ``",
        "`true && ` | true | ``",
        "`[1].map(x, ` | 1 | `)`",
      })
  void anExpressionThatIsNestedVeryDeepIsAMistakeAndNoError(
      String before, String middle, String after) {
    for (int depth : new int[] {40, 200, 3_900 / (before + after).length()}) {
      String expression = before.repeat(depth) + middle + after.repeat(depth);
      String rules = RULE.replace("VALUE", "\"" + expression + "\"");
      try {
        RuleFile.read("f.yaml", rules);
      } catch (BadRules e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  private static List<String> problems(String text) {
    BadRules bad = catchThrowableOfType(BadRules.class, () -> RuleFile.read("f.yaml", text));
    assertThat(bad).as("no problem was found").isNotNull();
    return bad.problems().stream().map(Diagnostic::toString).toList();
  }
}
