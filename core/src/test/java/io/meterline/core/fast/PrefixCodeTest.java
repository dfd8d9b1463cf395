package io.meterline.core.fast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PrefixCodeTest {
  private static final int INDEX_BITS = 4;

  private final PrefixCode code = PrefixCode.ofLiteralsAndLengths(INDEX_BITS);

  private boolean assign(int... lengths) {
    byte[] bytes = new byte[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      bytes[i] = (byte) lengths[i];
    }
    return code.assign(bytes, 0, bytes.length);
  }

  /** What the bits mean that come first, written as in the RFC: the first bit left. */
  private int entry(String bits) {
    int ahead = Integer.parseInt(new StringBuilder(bits).reverse().toString(), 2);
    int entry = code.table()[ahead & (1 << INDEX_BITS) - 1];
    return (entry & PrefixCode.LONGER) == 0
        ? entry
        : code.table()[PrefixCode.longer(entry, ahead >>> INDEX_BITS)];
  }

  private static char literal(int entry) {
    assertThat(PrefixCode.isLiteral(entry)).isTrue();
    return (char) (entry >>> 16 & 0xFF);
  }

  @Test
  void theExampleOfTheRfcHasItsCodes() {
    assertThat(assign(3, 3, 3, 3, 3, 2, 4, 4)).isTrue();
    String[] codes = {"010", "011", "100", "101", "110", "00", "1110", "1111"};
    for (int symbol = 0; symbol < codes.length; symbol++) {
      assertThat((int) literal(entry(codes[symbol]))).isEqualTo(symbol);
      assertThat(PrefixCode.bits(entry(codes[symbol]))).isEqualTo(codes[symbol].length());
    }
  }

  @Test
  void aCodeLongerThanTheIndexIsFoundBehindIt() {
    assertThat(assign(1, 2, 3, 4, 5, 6, 6)).isTrue();
    String[] codes = {"0", "10", "110", "1110", "11110", "111110", "111111"};
    for (int symbol = 0; symbol < codes.length; symbol++) {
      for (String behind : new String[] {"00000000", "11111111"}) {
        int entry = entry(codes[symbol] + behind);
        assertThat((int) literal(entry)).isEqualTo(symbol);
        assertThat(PrefixCode.bits(entry)).isEqualTo(codes[symbol].length());
      }
    }
  }

  @Test
  void lengthsThatMakeNoCodeAreRefused() {
    assertThat(assign(1, 1, 1)).as("too many").isFalse();
    assertThat(assign(2, 2, 2)).as("too few").isFalse();
    assertThat(assign(1, 1)).isTrue();
  }

  @Test
  void aSingleCodeOfOneBitIsACodeExceptForLengths() {
    assertThat(assign(0, 1)).isTrue();
    assertThat((int) literal(entry("0"))).isEqualTo(1);
    assertThat(entry("1") & PrefixCode.OTHER).isNotZero();
    assertThat(PrefixCode.isEnd(entry("1"))).isFalse();
    assertThat(PrefixCode.ofCodeLengths(7).assign(new byte[] {0, 1}, 0, 2)).isFalse();
  }

  @Test
  void theCodeBeforeLeavesNothingBehind() {
    assertThat(assign(1, 2, 3, 4, 5, 6, 6)).isTrue();
    assertThat(assign(0, 1)).isTrue();
    assertThat(entry("111111") & PrefixCode.OTHER).isNotZero();
  }

  @Test
  void lengthsAndTheirExtraBitsAreThoseOfTheRfc() {
    byte[] lengths = new byte[288];
    Arrays.fill(lengths, 256, 288, (byte) 5);
    PrefixCode wide = PrefixCode.ofLiteralsAndLengths(5);
    assertThat(wide.assign(lengths, 0, lengths.length)).isTrue();
    int[] of = new int[32];
    for (int i = 0; i < 32; i++) {
      of[i] = wide.table()[Integer.reverse(i) >>> (Integer.SIZE - 5)];
    }
    assertThat(PrefixCode.isEnd(of[0])).isTrue();
    assertThat(PrefixCode.value(of[1], 0)).isEqualTo(3);
    assertThat(PrefixCode.value(of[8], -1L)).isEqualTo(10);
    assertThat(PrefixCode.value(of[9], 0)).isEqualTo(11);
    assertThat(PrefixCode.value(of[9], -1L)).isEqualTo(12);
    assertThat(PrefixCode.value(of[28], 0)).isEqualTo(227);
    assertThat(PrefixCode.value(of[28], -1L)).as("its 31 is not written").isEqualTo(258);
    assertThat(PrefixCode.value(of[29], -1L)).isEqualTo(258);
    assertThat(of[30] & PrefixCode.OTHER).isNotZero();
    assertThat(of[31] & PrefixCode.OTHER).isNotZero();
  }
}
