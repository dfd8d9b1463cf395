package io.meterline.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.json.Escapes.Stop;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is read eight bytes at a time is read as it is byte by byte, in all short texts. */
final class EscapeRunsTest {
  private static final String ALPHABET = "a\\\"n";
  private static final int LENGTH = 9;

  @Test
  void wordsAreDecodedAsSingleBytesAre() {
    byte[] text = new byte[LENGTH + 1];
    for (int number = 0; number < 1 << (2 * LENGTH); number++) {
      fill(text, 0, number);
      text[LENGTH] = 'z';
      assertThat(decoded(text, Integer.MAX_VALUE))
          .as("decoded %s", new String(text, US_ASCII))
          .isEqualTo(decoded(text, Integer.MAX_VALUE - 1));
    }
  }

  @Test
  void aStringEndsWhereItEndsWhetherTheTextInItIsCheckedOrNot() {
    byte[] text = new byte[LENGTH + 11];
    Arrays.fill(text, (byte) ' ');
    text[0] = '"';
    text[LENGTH + 1] = '"';
    JsonCursor strict = JsonCursor.strict();
    JsonCursor structural = JsonCursor.structural();
    for (int number = 0; number < 1 << (2 * LENGTH); number++) {
      fill(text, 1, number);
      assertThat(read(structural, text))
          .as("read %s", new String(text, US_ASCII))
          .isEqualTo(read(strict, text));
    }
  }

  /** The text of the number's digits in base four. */
  private static void fill(byte[] text, int from, int number) {
    int rest = number;
    for (int i = from; i < from + LENGTH; i++) {
      text[i] = (byte) ALPHABET.charAt(rest & 3);
      rest >>= 2;
    }
  }

  /** Only an unlimited decoding takes words. */
  private static Decoded decoded(byte[] text, int enough) {
    byte[] out = new byte[text.length + Escapes.SLACK];
    Escapes escapes = new Escapes();
    Stop stop = escapes.decode(text, 0, text.length, out, enough);
    return new Decoded(stop, escapes.read(), new String(out, 0, escapes.written(), US_ASCII));
  }

  private static Read read(JsonCursor cursor, byte[] text) {
    cursor.reset(text, 0, text.length);
    boolean whole = cursor.value(1);
    return new Read(whole, cursor.at(), whole && cursor.escaped());
  }

  private record Decoded(Stop stop, int read, String text) {}

  private record Read(boolean whole, int end, boolean escaped) {}
}
