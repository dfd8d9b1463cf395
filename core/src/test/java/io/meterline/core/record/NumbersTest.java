package io.meterline.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.samples.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;

final class NumbersTest {
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

  @Property
  void anIntegerOfUpTo18DigitsIsItself(
      @ForAll @BigRange(min = "-999999999999999999", max = "999999999999999999") BigInteger value) {
    assertThat(integer(value.toString())).isEqualTo(value.longValueExact());
  }

  @Property
  void aLongerOneIsBeyondEveryBoundOnItsSide(@ForAll BigInteger value) {
    BigInteger large =
        value.add(BigInteger.TEN.pow(40).multiply(BigInteger.valueOf(value.signum())));
    if (large.signum() != 0) {
      BigInteger expected = large.signum() > 0 ? LARGEST : SMALLEST;
      assertThat(integer(large.toString())).isEqualTo(expected.longValueExact());
    }
  }

  @Property
  void everyDoubleFits(@ForAll double value) {
    if (Double.isFinite(value)) {
      assertThat(fits(Double.toString(value))).isTrue();
      assertThat(fits(new BigDecimal(value).toPlainString())).isTrue();
    }
  }

  @Property
  void whatRoundsToInfinityDoesNotFit(@ForAll @IntRange(min = 309, max = 5_000) int exponent) {
    assertThat(fits("1e" + exponent)).isFalse();
    assertThat(fits("-1E+" + exponent)).isFalse();
    assertThat(fits("1" + "0".repeat(exponent))).isFalse();
    assertThat(fits("1" + "0".repeat(exponent) + "e-" + exponent)).isTrue();
    assertThat(fits("0." + "0".repeat(exponent) + "1e" + exponent)).isTrue();
  }

  private static long integer(String text) {
    byte[] bytes = Bytes.utf8("1" + text + "1");
    return Numbers.integer(bytes, 1, bytes.length - 1);
  }

  private static boolean fits(String text) {
    byte[] bytes = Bytes.utf8("e" + text + "e999");
    return Numbers.fitsDouble(bytes, 1, 1 + text.length());
  }
}
