package io.meterline.ledger.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What columns of the ledger's rows say, as it was written in the record. */
public final class RowText {
  private RowText() {}

  /** The unique id; empty where the record had none. */
  public static String uniqueId(long hi, long lo, @Nullable String text) {
    return text == null ? "%016x%016x".formatted(hi, lo) : text;
  }

  /** The exact number in the columns of value, wide value and scale. */
  public static BigDecimal value(ResultSet row, int value, int wide, int scale)
      throws SQLException {
    long number = row.getLong(value);
    return row.wasNull()
        ? new BigDecimal((BigInteger) row.getObject(wide), row.getInt(scale))
        : BigDecimal.valueOf(number, row.getInt(scale));
  }
}
