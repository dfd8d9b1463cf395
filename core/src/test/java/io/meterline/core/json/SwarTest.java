package io.meterline.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SwarTest {
  /** Bytes at which the sets change, so that words are full of them. */
  private static final String BORDERS =
      "\u0000\u0001\u001f !\"#/019:[\\]^\u007f\u0080\u0081\u00a0\u00dc\u00ff";

  private static byte[] bytes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      boolean border = random.nextInt(4) > 0;
      bytes[i] =
          (byte) (border ? BORDERS.charAt(random.nextInt(BORDERS.length())) : random.nextInt(256));
    }
    return bytes;
  }

  private static long set(byte[] bytes, IntPredicate isIn) {
    long set = 0;
    for (int i = 0; i < bytes.length; i++) {
      set |= isIn.test(bytes[i] & 0xFF) ? 0x80L << (i * Byte.SIZE) : 0;
    }
    return set;
  }

  @Property(tries = 20_000)
  void setsHoldTheBytesThatTheyAreNamedAfter(@ForAll long seed) {
    byte[] bytes = bytes(seed);
    long word = Swar.get(bytes, 0);
    assertThat(Swar.equal(word, Swar.BACKSLASHES)).isEqualTo(set(bytes, b -> b == '\\'));
    assertThat(Swar.quotesAndControls(word)).isEqualTo(set(bytes, b -> b == '"' || b < ' '));
    assertThat(Swar.notDigits(word)).isEqualTo(set(bytes, b -> b < '0' || b > '9'));
  }

  @Property(tries = 20_000)
  void theFirstSpecialByteIsFound(@ForAll long seed) {
    byte[] bytes = bytes(seed);
    long word = Swar.get(bytes, 0);
    IntPredicate ascii = b -> b == '"' || b == '\\' || b < ' ';
    assertThat(Long.lowestOneBit(Swar.specialAscii(word)))
        .isEqualTo(Long.lowestOneBit(set(bytes, ascii)));
    assertThat(Long.lowestOneBit(Swar.special(word)))
        .isEqualTo(Long.lowestOneBit(set(bytes, ascii.or(b -> b > 127))));
  }

  @Test
  void aBackslashEscapesWhatFollowsUnlessItIsEscapedItself() {
    for (int backslashes = 0; backslashes < 256; backslashes++) {
      for (long carry : new long[] {0, 0x80}) {
        long set = 0;
        long expected = 0;
        boolean escaped = carry != 0;
        for (int i = 0; i < Long.BYTES; i++) {
          boolean backslash = (backslashes >>> i & 1) != 0;
          set |= backslash ? 0x80L << (i * Byte.SIZE) : 0;
          expected |= escaped ? 0x80L << (i * Byte.SIZE) : 0;
          escaped = backslash && !escaped;
        }
        assertThat(Swar.escaped(set, carry)).isEqualTo(expected);
      }
    }
  }

  @Property(tries = 5_000)
  void theFirstEqualByteIsFound(@ForAll long seed) {
    byte[] bytes = bytes(seed);
    long word = Swar.get(bytes, 0);
    for (char same : new char[] {'"', '\\', '\n', (char) (bytes[3] & 0x7F)}) {
      long exact = Swar.equal(word, Swar.repeated(same));
      assertThat(Long.lowestOneBit(Swar.firstEqual(word, Swar.repeated(same))))
          .isEqualTo(Long.lowestOneBit(exact));
    }
  }

  @Property(tries = 5_000)
  void fourBytesAreEightHexDigits(@ForAll int four) {
    byte[] bytes = {
      0, (byte) (four >>> 24), (byte) (four >>> 16), (byte) (four >>> 8), (byte) four
    };
    byte[] digits = new byte[Long.BYTES];
    Swar.put(digits, 0, Swar.hex(bytes, 1));
    assertThat(new String(digits, StandardCharsets.US_ASCII)).isEqualTo("%08x".formatted(four));
  }

  @Property(tries = 5_000)
  void whatIsLeftOutLeavesNoGap(@ForAll long seed) {
    byte[] bytes = bytes(seed);
    long quotes = set(bytes, b -> b == '"');
    byte[] kept = new byte[Long.BYTES];
    int length = 0;
    for (byte b : bytes) {
      if (b != '"') {
        kept[length++] = b;
      }
    }
    assertThat(Swar.without(Swar.get(bytes, 0), quotes)).isEqualTo(Swar.get(kept, 0));
  }
}
