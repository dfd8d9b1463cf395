package io.meterline.ledger.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.function.IntPredicate;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** Reads the rows of a {@link UsageSql} into cells. */
final class ChunkDecoder {
  private final Aggregation aggregation;
  private final SumStrategy form;
  private final int groupColumns;
  private final Groups groups;
  private final IntPredicate wanted;
  private final ResultColumns cells;
  private final int[] key;

  /**
   * @param wanted of which groups cells are kept
   */
  ChunkDecoder(
      Aggregation aggregation,
      SumStrategy form,
      int groupColumns,
      Groups groups,
      IntPredicate wanted,
      ResultColumns cells) {
    this.aggregation = aggregation;
    this.form = form;
    this.groupColumns = groupColumns;
    this.groups = groups;
    this.wanted = wanted;
    this.cells = cells;
    this.key = new int[groupColumns];
  }

  void read(DuckDBDataChunkReader rows) throws SQLException {
    DuckDBReadableVector window = rows.vector(0);
    DuckDBReadableVector[] names = new DuckDBReadableVector[groupColumns];
    for (int i = 0; i < groupColumns; i++) {
      names[i] = rows.vector(1 + i);
    }
    DuckDBReadableVector[] told =
        new DuckDBReadableVector[(int) rows.columnCount() - 1 - groupColumns];
    for (int i = 0; i < told.length; i++) {
      told[i] = rows.vector(1 + groupColumns + i);
    }
    long count = rows.rowCount();
    for (long row = 0; row < count; row++) {
      for (int i = 0; i < groupColumns; i++) {
        key[i] = names[i].getInt(row, Groups.ABSENT);
      }
      int group = groups.of(key);
      if (wanted.test(group)) {
        read(window.getLong(row), group, told, row);
      }
    }
  }

  private void read(long window, int group, DuckDBReadableVector[] told, long row)
      throws SQLException {
    if (form.isOneScale() && told[0].isNull(row)) {
      // Where nothing is grouped by, no records are one row: a sum of nothing.
      return;
    }
    switch (aggregation) {
      case COUNT, UNIQUE_COUNT -> cells.add(window, group, told[0].getLong(row), 0);
      case SUM -> {
        if (form.isOneScale()) {
          cells.add(window, group, told[0].getLong(row), form.scale());
        } else {
          cells.partial(window, group).add(sum(told, row), told[1].getLong(row));
        }
      }
      case AVG -> {
        BigDecimal sum =
            form.isOneScale()
                ? BigDecimal.valueOf(told[0].getLong(row), form.scale())
                : sum(told, row);
        cells.partial(window, group).add(sum, told[1].getLong(row));
      }
      case MIN, MAX -> {
        if (form.isOneScale()) {
          cells.add(window, group, told[0].getLong(row), form.scale());
        } else {
          addExtreme(cells.partial(window, group), told, row);
        }
      }
      case LATEST ->
          cells
              .partial(window, group)
              .latest(
                  told[0].getLong(row),
                  new BigDecimal(told[1].getHugeInt(row), told[2].getByte(row)));
    }
  }

  private BigDecimal sum(DuckDBReadableVector[] told, long row) {
    BigInteger sum = hugeInt(told[0], row);
    if (form.isWide()) {
      sum = sum.add(hugeInt(told[3], row).multiply(Accumulator.HALF)).add(hugeInt(told[4], row));
    }
    return new BigDecimal(sum, told[2].getByte(row));
  }

  /** A sum of nothing is null. */
  private static BigInteger hugeInt(DuckDBReadableVector column, long row) {
    return column.isNull(row) ? BigInteger.ZERO : column.getHugeInt(row);
  }

  private void addExtreme(Accumulator partial, DuckDBReadableVector[] told, long row) {
    int scale = told[1].getByte(row);
    if (!told[0].isNull(row)) {
      addExtreme(partial, BigDecimal.valueOf(told[0].getLong(row), scale));
    }
    if (form.isWide() && !told[2].isNull(row)) {
      addExtreme(partial, new BigDecimal(told[2].getHugeInt(row), scale));
    }
  }

  private void addExtreme(Accumulator partial, BigDecimal value) {
    if (aggregation == Aggregation.MIN) {
      partial.least(value);
    } else {
      partial.greatest(value);
    }
  }
}
