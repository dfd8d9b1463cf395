package io.meterline.ledger.usage;

import io.meterline.core.fast.FastPath;
import io.meterline.ledger.store.Sql;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * How SQL can add the values of a meter up.
 *
 * <p>Values lie there as digits and a scale. Where they are small enough they are all brought to
 * one scale, and a group is one row of the result whose sum fits a {@code BIGINT}. That is the
 * usual case, and three times as fast. Else a group is one row for each scale, summed in 128 bits.
 *
 * @param isOneScale whether all are brought to one scale
 * @param scale that one
 * @param isWide whether there are values beyond a {@code BIGINT}
 */
record SumStrategy(boolean isOneScale, int scale, boolean isWide) {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** The table as a whole is asked first: its statistics know the answer without a look at rows. */
  static SumStrategy of(Sql sql, int meter, UsageQuery query) throws SQLException {
    if (sql.number("SELECT count(*) FROM wide_meter WHERE meter = ?", meter) > 0) {
      return new SumStrategy(false, 0, true);
    }
    SumStrategy all = bounded(sql, "");
    return all.isOneScale()
        ? all
        : bounded(
            sql,
            " WHERE meter = %d AND time >= %d AND time < %d"
                .formatted(meter, query.from().toEpochMilli(), query.to().toEpochMilli()));
  }

  private static SumStrategy bounded(Sql sql, String where) throws SQLException {
    return sql.list(
            """
            SELECT coalesce(min(value), 0), coalesce(max(value), 0), coalesce(max(scale), 0),
              count(*) FROM record"""
                + where,
            row -> of(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4)))
        .getFirst();
  }

  private static SumStrategy of(long least, long greatest, int scale, long rows) {
    BigInteger most = BigInteger.valueOf(least).abs().max(BigInteger.valueOf(greatest).abs());
    BigInteger sum = most.multiply(BigInteger.TEN.pow(scale)).multiply(BigInteger.valueOf(rows));
    return new SumStrategy(
        FastPath.SUMS.isOn() && sum.compareTo(MOST) <= 0 && scale <= 18, scale, false);
  }

  /** The SQL expression of a row's digits, at the one scale. */
  String digits() {
    if (scale == 0) {
      return "r.value";
    }
    StringBuilder text = new StringBuilder("CASE r.scale");
    long factor = 1;
    for (int digits = scale; digits > 0; digits--) {
      text.append(" WHEN ").append(digits).append(" THEN r.value");
      text.append(factor == 1 ? "" : " * " + factor);
      factor *= 10;
    }
    return text.append(" ELSE r.value * ").append(factor).append(" END").toString();
  }
}
