package io.meterline.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigitsTest {
  private static final long EIGHTEEN_DIGITS = 999_999_999_999_999_999L;

  @Property(tries = 20_000)
  void theNumberIsTheOneThatWasWritten(
      @ForAll @LongRange(min = -EIGHTEEN_DIGITS, max = EIGHTEEN_DIGITS) long any,
      @ForAll @IntRange(max = 17) int shorter) {
    long number = any / (long) Math.pow(10, shorter);
    byte[] text = Bytes.utf8("x" + number + "x");
    int to = text.length - 1;
    if (to - 1 <= 18) {
      assertThat(Digits.isShortInteger(text, 1, to)).isTrue();
      assertThat(Digits.value(text, 1, to)).isEqualTo(number);
    }
  }

  @Property(tries = 20_000)
  void aNumberIsWrittenAsJavaDoes(
      @ForAll @LongRange(min = 0) long any, @ForAll @IntRange(max = 18) int shorter) {
    long number = any / (long) Math.pow(10, shorter);
    byte[] text = new byte[Digits.MOST + 2];
    int end = Digits.write(number, text, 1);
    assertThat(new String(text, 1, end - 1, US_ASCII)).isEqualTo(Long.toString(number));
    assertThat(text[end]).as("what stands behind it").isZero();
  }

  @Property(tries = 5_000)
  void anyOtherByteIsNoDigit(
      @ForAll @IntRange(min = 1, max = 18) int length,
      @ForAll @IntRange(max = 17) int place,
      @ForAll char other) {
    byte[] text = Bytes.utf8("1".repeat(length));
    byte b = (byte) other;
    boolean minus = b == '-' && place == 0;
    if (place < length && !minus) {
      text[place] = b;
      assertThat(Digits.isShortInteger(text, 0, length)).isEqualTo(b >= '0' && b <= '9');
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567890123456789", "-123456789012345678"})
  void moreThanALongSurelyHoldsIsNotShort(String digits) {
    assertThat(Digits.isShortInteger(Bytes.utf8(digits), 0, digits.length())).isFalse();
  }
}
