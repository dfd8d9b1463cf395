package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.Escapes.Stop;
import io.meterline.samples.Bytes;
import io.meterline.samples.JsonStrings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EscapesTest {
  private final Escapes escapes = new Escapes();

  @ParameterizedTest(name = "{0} is {1}, {2} after {3} bytes")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|``|SOURCE_END|0",
        "abc|abc|SOURCE_END|3",
        "\\\"\\\\\\/|\"\\/|SOURCE_END|6",
        "\\u0041\\u00e9\\u20AC|Aé€|SOURCE_END|18",
        "\\ud83d\\ude00!|😀!|SOURCE_END|13",
        "é😀|é😀|SOURCE_END|6",
        "ab\"c|ab|QUOTE|2",
        "ab\\\"c\"|ab\"c|QUOTE|5",
        "ab\\xc|ab|BAD_ESCAPE|2",
        "ab\\u00g0|ab|BAD_ESCAPE|2",
        "ab\\U0041|ab|BAD_ESCAPE|2",
        "ab\\|ab|INSIDE_ESCAPE|2",
        "ab\\u|ab|INSIDE_ESCAPE|2",
        "ab\\u004|ab|INSIDE_ESCAPE|2",
        "ab\\ud83d|ab|INSIDE_ESCAPE|2",
        "ab\\ud83d\\|ab|INSIDE_ESCAPE|2",
        "ab\\ud83d\\ude0|ab|INSIDE_ESCAPE|2",
        "\\u0022\"|\"|QUOTE|6"
      })
  void undoesOneLayer(String source, String text, Stop stop, int read) {
    byte[] bytes = Bytes.utf8(source);
    byte[] out = new byte[bytes.length + Escapes.SLACK];
    assertThat(escapes.decode(bytes, 0, bytes.length, out)).isEqualTo(stop);
    assertThat(Bytes.text(Arrays.copyOf(out, escapes.written()))).isEqualTo(text);
    assertThat(escapes.read()).isEqualTo(read);
  }

  @Test
  void undoesEachShortEscape() {
    byte[] bytes = Bytes.utf8("\\b\\f\\n\\r\\t");
    byte[] out = new byte[bytes.length + Escapes.SLACK];
    escapes.decode(bytes, 0, bytes.length, out);
    assertThat(Arrays.copyOf(out, escapes.written())).containsExactly('\b', '\f', '\n', '\r', '\t');
  }

  @ParameterizedTest
  @CsvSource({"\\ud83d!", "\\ude00!", "\\ud83d\\n", "\\ud83d\\ud83d\\ude00", "\\ude00\\ud83d\""})
  void halfASurrogatePairBecomesWhatNoStrictReaderTakes(String source) {
    byte[] bytes = Bytes.utf8(source);
    byte[] out = new byte[bytes.length + Escapes.SLACK];
    escapes.decode(bytes, 0, bytes.length, out);
    assertThat(JsonText.isUtf8(Arrays.copyOf(out, escapes.written()))).isFalse();
  }

  @Test
  void undoesWhatWasEscapedAtEveryLengthAndAlignment() {
    String[] specials = {"", "\"", "\\", "\n", "\u0001", "é", "😀", "/"};
    for (String special : specials) {
      for (int length = 0; length <= 40; length++) {
        for (int position = 0; position <= length; position++) {
          String text = "x".repeat(position) + special + "x".repeat(length - position);
          for (int alignment = 0; alignment < Long.BYTES; alignment++) {
            roundTrip(JsonStrings.escaped(text), text, alignment);
          }
          roundTrip(JsonStrings.unicodeEscaped(text), text, 3);
        }
      }
    }
  }

  private void roundTrip(String escaped, String text, int alignment) {
    byte[] source = Bytes.utf8(" ".repeat(alignment) + escaped);
    byte[] out = new byte[source.length - alignment + Escapes.SLACK];
    assertThat(escapes.decode(source, alignment, source.length, out)).isEqualTo(Stop.SOURCE_END);
    assertThat(Bytes.text(Arrays.copyOf(out, escapes.written()))).isEqualTo(text);
    byte[] quoted = Bytes.utf8(" ".repeat(alignment) + escaped + "\"  ");
    byte[] longer = new byte[quoted.length - alignment + Escapes.SLACK];
    assertThat(escapes.decode(quoted, alignment, quoted.length, longer)).isEqualTo(Stop.QUOTE);
    assertThat(escapes.read()).isEqualTo(quoted.length - 3);
    assertThat(escapes.written()).isEqualTo(Bytes.utf8(text).length);
  }

  @Test
  void stopsOnceEnoughIsWritten() {
    byte[] source = Bytes.utf8("a\\nb\\u20acc");
    byte[] out = new byte[source.length + Escapes.SLACK];
    int[] reads = {0, 1, 3, 4, 10, 10, 10, 11};
    for (int enough = 0; enough < reads.length; enough++) {
      escapes.decode(source, 0, source.length, out, enough);
      assertThat(escapes.read()).as("for %d bytes", enough).isEqualTo(reads[enough]);
    }
  }
}
