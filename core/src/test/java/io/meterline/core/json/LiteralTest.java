package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LiteralTest {
  private static final String TEXT = "the quick brown fox jumps over";

  @Test
  void isThereWhereEveryByteIs() {
    for (int length = 0; length <= TEXT.length(); length++) {
      Literal glue = new Literal(Bytes.utf8(TEXT), length);
      assertThat(glue.length()).isEqualTo(length);
      byte[] text = Bytes.utf8("..." + TEXT.substring(0, length) + "~~~~~~~~");
      assertThat(glue.isAt(text, 3)).isTrue();
      for (int i = 0; i < length; i++) {
        text[3 + i] ^= 1;
        assertThat(glue.isAt(text, 3)).as("byte %d of %d is another", i, length).isFalse();
        text[3 + i] ^= 1;
      }
    }
  }

  @Test
  void isNeverLookedForBeyondTheArray() {
    Literal glue = new Literal(Bytes.utf8(TEXT), 12);
    byte[] text = Bytes.utf8(TEXT.substring(0, 15));
    assertThat(glue.isAt(text, 0)).as("a whole word more would be needed").isFalse();
    assertThat(glue.isAt(text, 10)).isFalse();
    assertThat(glue.isAt(Bytes.utf8(TEXT.substring(0, 16)), 0)).isTrue();
  }

  @Test
  void isWrittenWithNoMoreThanEightBytesBehindIt() {
    for (int length = 0; length <= TEXT.length(); length++) {
      byte[] out = new byte[2 + length + 2 * Long.BYTES];
      Arrays.fill(out, (byte) '~');
      int next = new Literal(Bytes.utf8(TEXT), length).write(out, 2);
      assertThat(next).isEqualTo(2 + length);
      assertThat(Bytes.text(Arrays.copyOf(out, next))).isEqualTo("~~" + TEXT.substring(0, length));
      assertThat(Bytes.text(Arrays.copyOfRange(out, next + Long.BYTES, out.length)))
          .isEqualTo("~".repeat(Long.BYTES));
    }
  }
}
