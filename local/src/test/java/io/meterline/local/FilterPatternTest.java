package io.meterline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # pattern                    | message                          | matches
          ``                           | anything                         | true
          `   `                        | anything                         | true
          ERROR                        | [ERROR 400] BAD REQUEST          | true
          ERROR                        | [error 400] bad request          | false
          ERROR                        | TERRORS                          | true
          meter_record_for_stream      | x meter_record_for_stream {}     | true
          ERROR REQUEST                | [ERROR 400] BAD REQUEST          | true
          ERROR REQUEST                | [ERROR 500] INTERNAL             | false
          ?ERROR ?ARGUMENTS            | [ERROR 400] BAD REQUEST          | true
          ?ERROR ?ARGUMENTS            | MISSING ARGUMENTS                | true
          ?ERROR ?ARGUMENTS            | all is well                      | false
          ERROR -EXITING               | [ERROR 400] BAD REQUEST          | true
          ERROR -EXITING               | [ERROR 400] EXITING              | false
          -EXITING                     | all is well                      | true
          -a -b                        | only b                           | false
          "INTERNAL SERVER ERROR"      | [ERROR 500] INTERNAL SERVER ERROR | true
          "INTERNAL SERVER ERROR"      | SERVER ERROR INTERNAL            | false
          "{" "\\"a\\\\b\\""           | {"a\\b":1}                       | true
          ?"two words" ?other          | here are two words               | true
          -"two words"                 | here are two words               | false
          ?ERROR ?ARGUMENTS REQUEST    | [INFO] REQUEST FAILED            | true
          ?ERROR -EXITING              | all is well                      | true
          """)
  void termsMatchAsDocumented(String pattern, String message, boolean matches) {
    assertThat(FilterPattern.parse(pattern == null ? "" : pattern).matches(message))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.b              | character 2: a term with '.' must be in quotes
          ok "open         | character 4: the quote is not closed
          a"b"             | character 2: a term with '"' must be in quotes
          "a"b             | character 4: a space is expected after a quoted term
          ""               | character 1: a quoted term is empty
          a - b            | character 3: '-' has no term
          a ?              | character 3: '?' has no term
          --a              | character 2: a term with '-' must be in quotes
          `  { $.x = "y" }`| character 3: JSON patterns are not supported here, only terms
          [a, b]           | character 1: space-delimited patterns are not supported here, only terms
          %a+%             | character 1: regular expressions are not supported here, only terms
          """)
  void aMistakeIsNamedWithItsPosition(String pattern, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterPattern.parse(pattern))
        .withMessage("filter pattern, " + message);
  }

  @Test
  void aPatternHas1024CharactersAtMost() {
    assertThat(FilterPattern.parse("a".repeat(1024)).matches("a".repeat(1024))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilterPattern.parse("a".repeat(1025)))
        .withMessageContaining("the pattern has 1025 characters, and 1024 are allowed");
  }
}
