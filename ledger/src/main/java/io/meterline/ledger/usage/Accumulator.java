package io.meterline.ledger.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** What rows of one scale came to, added up to a group's value: no digit is lost on the way. */
final class Accumulator {
  /** Wide values are summed in two halves, since the sum of many may not fit 128 bits. */
  static final BigInteger HALF = BigInteger.TEN.pow(19);

  private @Nullable BigDecimal value;
  private long count;
  private long newest = Long.MIN_VALUE;

  void add(BigDecimal more, long records) {
    value = value == null ? more : value.add(more);
    count += records;
  }

  void least(BigDecimal other) {
    value = value == null ? other : value.min(other);
  }

  void greatest(BigDecimal other) {
    value = value == null ? other : value.max(other);
  }

  void latest(long time, BigDecimal other) {
    if (time > newest) {
      newest = time;
      value = other;
    } else if (time == newest) {
      greatest(other);
    }
  }

  @Nullable BigDecimal result(Aggregation aggregation) {
    BigDecimal whole = value;
    if (whole == null) {
      return aggregation.isZeroWhereEmpty() ? BigDecimal.ZERO : null;
    }
    return plain(
        aggregation == Aggregation.AVG
            ? whole.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
            : whole);
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
