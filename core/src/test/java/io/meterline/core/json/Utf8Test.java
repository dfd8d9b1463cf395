package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the JDK's decoder, which reports what is malformed. */
final class Utf8Test {
  private static final int LONGEST = 4;

  private static final int[] EDGES = {
    0x00, 0x22, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xFF
  };

  /** The second bytes at which some lead byte's bounds are, all of them right as later ones. */
  private static final int[] CONTINUATIONS = {0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF};

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  @Test
  void everySequenceOfOneOrTwoBytesIsJudgedAsTheJdkDoes() {
    for (int lead = 0x80; lead <= 0xFF; lead++) {
      check(new byte[] {(byte) lead});
      for (int second = 0; second <= 0xFF; second++) {
        check(new byte[] {(byte) lead, (byte) second});
      }
    }
  }

  @Test
  void sequencesOfThreeAndFourBytesAreJudgedAsTheJdkDoes() {
    for (int lead = 0xE0; lead <= 0xFF; lead++) {
      for (int second = 0; second <= 0xFF; second++) {
        for (int third : EDGES) {
          check(new byte[] {(byte) lead, (byte) second, (byte) third});
          for (int fourth : EDGES) {
            check(new byte[] {(byte) lead, (byte) second, (byte) third, (byte) fourth});
          }
        }
      }
    }
  }

  @Test
  void everyCodePointIsWrittenAsTheJdkDoes() {
    byte[] out = new byte[4];
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        int length = Utf8.write(codePoint, out, 0);
        byte[] expected = Bytes.utf8(Character.toString(codePoint));
        assertThat(Arrays.equals(out, 0, length, expected, 0, expected.length)).isTrue();
        assertThat(codePoint < 0x80 || Utf8.lengthAt(out, 0, length) == length).isTrue();
      }
    }
  }

  private void check(byte[] bytes) {
    int expected = expected(bytes);
    if (Utf8.lengthAt(bytes, 0, bytes.length) != expected) {
      assertThat(Utf8.lengthAt(bytes, 0, bytes.length))
          .as(Arrays.toString(bytes))
          .isEqualTo(expected);
    }
  }

  /** The length of the shortest start that is a character; 0 if more bytes may make one; or -1. */
  private int expected(byte[] bytes) {
    for (int length = 1; length <= bytes.length; length++) {
      if (isCharacter(Arrays.copyOf(bytes, length))) {
        return length;
      }
    }
    return mayBecomeCharacter(bytes) ? 0 : -1;
  }

  private boolean isCharacter(byte[] bytes) {
    CharBuffer out = CharBuffer.allocate(2);
    CoderResult result = decoder.reset().decode(ByteBuffer.wrap(bytes), out, true);
    return !result.isError();
  }

  private boolean mayBecomeCharacter(byte[] bytes) {
    if (bytes.length >= LONGEST) {
      return false;
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    for (int next : CONTINUATIONS) {
      longer[bytes.length] = (byte) next;
      if (isCharacter(longer) || mayBecomeCharacter(longer)) {
        return true;
      }
    }
    return false;
  }
}
