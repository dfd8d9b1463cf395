package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.JsonCursor.Fault;
import io.meterline.samples.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCursorTest {
  private static final int DEPTH = 8;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-0",
        "-1.5e+10",
        "10",
        "0.0",
        "1E5",
        "1e-5",
        "true",
        "false",
        "null",
        " { \"a\" : [ 1 , 2 ] , \"b\" : { } } ",
        "\t\r\n1",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\"",
        "\"\u007f é € 😀\"",
        "\"\\ud83d\\ude00\"",
        "[[[[[[[[1]]]]]]]]",
        "{\"\":0}",
        "[\"\",\"\"]"
      })
  void takesWhatIsJson(String json) {
    for (JsonCursor cursor : new JsonCursor[] {JsonCursor.strict(), JsonCursor.structural()}) {
      byte[] bytes = Bytes.utf8(json);
      cursor.reset(bytes, 0, bytes.length);
      assertThat(cursor.value(DEPTH)).isTrue();
      assertThat(cursor.fault()).isEqualTo(Fault.NONE);
      assertThat(cursor.peek()).isEqualTo(-1);
      assertThat(cursor.at()).isEqualTo(bytes.length);
    }
  }

  @ParameterizedTest(name = "{0}: {1} at {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{x}|MALFORMED|1",
        "{\"a\" 1}|MALFORMED|5",
        "{\"a\":}|MALFORMED|5",
        "{\"a\":1,}|MALFORMED|7",
        "{\"a\":1 \"b\"}|MALFORMED|7",
        "{,}|MALFORMED|1",
        "[1,]|MALFORMED|3",
        "[1 2]|MALFORMED|3",
        "[,]|MALFORMED|1",
        "{]|MALFORMED|1",
        "[}|MALFORMED|1",
        "[1}|MALFORMED|2",
        "{1:2}|MALFORMED|1",
        "{null:2}|MALFORMED|1",
        "]|MALFORMED|0",
        "'a'|MALFORMED|0",
        "tru]|MALFORMED|3",
        "True|MALFORMED|0",
        "nul1|MALFORMED|3",
        "+1|MALFORMED|0",
        ".5|MALFORMED|0",
        "01|MALFORMED|1",
        "-01|MALFORMED|2",
        "-a|MALFORMED|1",
        "1.a|MALFORMED|2",
        "1ea|MALFORMED|2",
        "1e+a|MALFORMED|3",
        "\"\\x\"|MALFORMED|1",
        "\"ab\\u12g4\"|MALFORMED|3",
        "\"\\u 123\"|MALFORMED|1",
        "[[[[[[[[[1]]]]]]]]]|MALFORMED|8",
        "/**/1|MALFORMED|0",
        "``|TRUNCATED|0",
        "`  `|TRUNCATED|2",
        "{|TRUNCATED|1",
        "[|TRUNCATED|1",
        "[1|TRUNCATED|2",
        "[1,|TRUNCATED|3",
        "{\"a\"|TRUNCATED|4",
        "{\"a\":|TRUNCATED|5",
        "{\"a\":1|TRUNCATED|6",
        "{\"a\":1,|TRUNCATED|7",
        "\"|TRUNCATED|1",
        "\"abc|TRUNCATED|4",
        "\"abc\\|TRUNCATED|5",
        "\"\\u00|TRUNCATED|5",
        "-|TRUNCATED|1",
        "1.|TRUNCATED|2",
        "1e|TRUNCATED|2",
        "1e+|TRUNCATED|3",
        "t|TRUNCATED|1",
        "nul|TRUNCATED|3"
      })
  void tellsWhatIsWrongAndWhere(String json, Fault fault, int at) {
    for (JsonCursor cursor : new JsonCursor[] {JsonCursor.strict(), JsonCursor.structural()}) {
      byte[] bytes = Bytes.utf8(json);
      cursor.reset(bytes, 0, bytes.length);
      assertThat(cursor.value(DEPTH)).isFalse();
      assertThat(cursor.fault()).isEqualTo(fault);
      assertThat(cursor.why()).isNotBlank();
      assertThat(cursor.at()).isEqualTo(at);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "22 ff 22,MALFORMED",
    "22 c3 22,MALFORMED",
    "22 c3,TRUNCATED",
    "22 ed a0 bd 22,MALFORMED",
    "22 c0 80 22,MALFORMED",
    "22 f0 9f 98,TRUNCATED",
    "22 f4 90 80 80 22,MALFORMED",
    "22 5c 75 64 38 33 64 22,MALFORMED",
    "22 5c 75 64 65 30 30 22,MALFORMED",
    "22 5c 75 64 38 33 64,TRUNCATED",
    "22 5c 75 64 38 33 64 5c,TRUNCATED",
    "22 5c 75 64 38 33 64 5c 6e 22,MALFORMED",
    "22 5c 75 64 38 33 64 5c 75,TRUNCATED",
    "22 5c 75 64 38 33 64 5c 75 64 38 33 64 22,MALFORMED"
  })
  void onlyTheStrictCursorLooksAtTheTextOfStrings(String hex, Fault fault) {
    byte[] bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    JsonCursor strict = JsonCursor.strict();
    strict.reset(bytes, 0, bytes.length);
    assertThat(strict.value(1)).isFalse();
    assertThat(strict.fault()).isEqualTo(fault);
    JsonCursor structural = JsonCursor.structural();
    structural.reset(bytes, 0, bytes.length);
    assertThat(structural.value(1)).isEqualTo(fault == Fault.MALFORMED);
  }

  @Test
  void countsTheWhiteSpaceOutsideOfStrings() {
    byte[] bytes = Bytes.utf8(" { \"a b\" : [ 1 ,\n2 ] }\t x");
    JsonCursor cursor = JsonCursor.strict();
    cursor.reset(bytes, 0, bytes.length);
    assertThat(cursor.value(2)).isTrue();
    assertThat(cursor.spaces()).isEqualTo(9);
    assertThat((char) cursor.peek()).isEqualTo('x');
    assertThat(cursor.spaces()).isEqualTo(11);
  }

  @Test
  void readsNothingBeforeItsStartOrBehindItsEnd() {
    byte[] bytes = Bytes.utf8("\"\"\"[12345]6\"\"");
    JsonCursor cursor = JsonCursor.strict();
    for (int to = 4; to <= 9; to++) {
      cursor.reset(bytes, 3, to);
      assertThat(cursor.value(1)).isFalse();
      assertThat(cursor.fault()).isEqualTo(Fault.TRUNCATED);
      assertThat(cursor.at()).isEqualTo(to);
    }
    cursor.reset(bytes, 3, 10);
    assertThat(cursor.value(1)).isTrue();
  }

  /**
   * A string is read a word of eight bytes at a time: each byte of a word finds what is special.
   */
  @Test
  void findsTheSpecialByteWhereverItStandsInAWord() {
    byte[][] specials = {
      {'"'},
      {'\\', '"'},
      {'\\', 'u', '0', '0', '4', '1'},
      {'\\', 'x'},
      {0},
      {0x1F},
      {0x20},
      {0x21},
      {0x23},
      {0x5B},
      {0x5D},
      {0x7F},
      {(byte) 0xC3, (byte) 0xA9},
      {(byte) 0x80},
      {(byte) 0xFF}
    };
    for (byte[] special : specials) {
      for (int length = 0; length <= 40; length++) {
        for (int position = 0; position <= length; position++) {
          for (int alignment = 0; alignment < Long.BYTES; alignment++) {
            byte[] text = new byte[alignment + 1 + length + special.length + 1];
            Arrays.fill(text, (byte) 'x');
            text[alignment] = '"';
            System.arraycopy(special, 0, text, alignment + 1 + position, special.length);
            text[text.length - 1] = '"';
            check(text, alignment, text.length);
            check(text, alignment, text.length - 1);
            check(Arrays.copyOf(text, text.length + 9), alignment, text.length);
          }
        }
      }
    }
  }

  private static void check(byte[] text, int from, int to) {
    check(JsonCursor.strict(), SlowString.of(text, from, to, true), text, from, to);
    check(JsonCursor.structural(), SlowString.of(text, from, to, false), text, from, to);
  }

  private static void check(JsonCursor cursor, SlowString expected, byte[] text, int from, int to) {
    cursor.reset(text, from, to);
    boolean read = cursor.string();
    assertThat(cursor.fault()).isEqualTo(expected.fault());
    assertThat(read).isEqualTo(expected.fault() == Fault.NONE);
    assertThat(cursor.at()).isEqualTo(expected.at());
    if (read) {
      assertThat(cursor.escaped()).isEqualTo(expected.escaped());
    }
  }

  /** The string at {@code from}, read byte by byte. */
  private record SlowString(Fault fault, int at, boolean escaped) {
    static SlowString of(byte[] text, int from, int to, boolean strict) {
      boolean escaped = false;
      int i = from + 1;
      while (i < to) {
        if (text[i] == '"') {
          return new SlowString(Fault.NONE, i + 1, escaped);
        }
        int length = 1;
        if (text[i] == '\\') {
          if (i + 1 == to) {
            break;
          }
          if (text[i + 1] == 'x') {
            return new SlowString(Fault.MALFORMED, i, escaped);
          }
          escaped = true;
          length = text[i + 1] == 'u' ? 6 : 2;
        } else if (strict && text[i] == (byte) 0xC3) {
          length = 2;
        } else if (text[i] >= 0 ? text[i] < ' ' : strict) {
          return new SlowString(Fault.MALFORMED, i, escaped);
        }
        i += length;
      }
      return new SlowString(Fault.TRUNCATED, to, escaped);
    }
  }
}
