package io.meterline.ledger.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class DecimalParserTest {
  private final DecimalParser number = new DecimalParser();

  @Property
  void whatFitsIsReadWithAllItsDigits(
      @ForAll BigInteger digits, @ForAll @IntRange(min = -60, max = 60) int scale) {
    BigDecimal value = new BigDecimal(digits, scale);
    BigDecimal stripped = value.stripTrailingZeros();
    BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    boolean fits =
        plain.signum() == 0
            || (plain.scale() <= DecimalParser.MOST_DIGITS
                && plain.unscaledValue().abs().toString().length() <= DecimalParser.MOST_DIGITS);
    for (String text : new String[] {value.toString(), value.toPlainString()}) {
      assertThat(read(text)).as(text).isEqualTo(fits);
      if (fits) {
        assertThat(value()).as(text).isEqualByComparingTo(value);
      }
    }
  }

  @Example
  void spellingsOfOneNumberAreOne() {
    for (String text : new String[] {"1.5", "1.50", "15e-1", "0.15E+1", "1500e-3"}) {
      assertThat(read(text)).isTrue();
      assertThat(number.value()).as(text).isEqualTo(15);
      assertThat(number.scale()).as(text).isEqualTo((byte) 1);
    }
  }

  @Example
  void anExponentBeyondReasonCostsNothing() {
    assertThat(read("1e-99999999999999999999")).isFalse();
    assertThat(read("0e99999999999999999999")).isTrue();
    assertThat(read("9".repeat(100_000))).isFalse();
    assertThat(read("1." + "0".repeat(100_000))).isTrue();
    assertThat(value()).isEqualByComparingTo(BigDecimal.ONE);
  }

  private boolean read(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return number.read(bytes, 0, bytes.length);
  }

  private BigDecimal value() {
    BigInteger wide = number.wide();
    return wide == null
        ? BigDecimal.valueOf(number.value(), number.scale())
        : new BigDecimal(wide, number.scale());
  }
}
