package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Strings of a structure are passed word by word as they would be byte by byte. */
final class StringScanTest {
  private static final String[] PIECES = {
    "plain text",
    "a",
    "\\\"",
    "\\\\",
    "\\n",
    "\\t",
    "\\/",
    "\\b",
    "\\u00e9",
    "\\u12",
    "\\x",
    "é",
    "\"",
    "\u0001",
    "\\",
    "0123456789abcdef"
  };

  private final JsonCursor in = JsonCursor.structural();

  private static byte[] text(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("\"");
    int pieces = random.nextInt(1, 14);
    for (int i = 0; i < pieces; i++) {
      // The first few are in most strings, the last ones end or break them.
      int most = random.nextInt(4) == 0 ? PIECES.length : 9;
      text.append(PIECES[random.nextInt(most)]);
    }
    return Bytes.utf8(text + "\"" + "~".repeat(random.nextInt(12)));
  }

  /** Where the string ends or is broken, told byte by byte. */
  private record Naive(int at, boolean ended, boolean escaped, boolean unicode) {
    static Naive of(byte[] text) {
      boolean escaped = false;
      boolean unicode = false;
      int i = 1;
      while (i < text.length) {
        if (text[i] == '"') {
          return new Naive(i + 1, true, escaped, unicode);
        }
        if (text[i] >= 0 && text[i] < ' ') {
          return new Naive(i, false, escaped, unicode);
        }
        if (text[i] != '\\') {
          i++;
          continue;
        }
        escaped = true;
        int length = Escapes.lengthAt(text, i, text.length);
        if (length <= 0) {
          return new Naive(length == 0 ? text.length : i, false, true, unicode);
        }
        unicode |= length > 2;
        i += length;
      }
      return new Naive(text.length, false, escaped, unicode);
    }
  }

  @Property(tries = 50_000)
  void wordByWordIsByteByByte(@ForAll long seed) {
    byte[] text = text(seed);
    Naive naive = Naive.of(text);
    in.reset(text, 0, text.length);
    assertThat(in.string()).as(Bytes.text(text)).isEqualTo(naive.ended());
    assertThat(in.at()).as(Bytes.text(text)).isEqualTo(naive.at());
    if (naive.ended()) {
      assertThat(in.escaped()).as(Bytes.text(text)).isEqualTo(naive.escaped());
      assertThat(in.unicodeEscaped()).as(Bytes.text(text)).isEqualTo(naive.unicode());
    }
  }
}
