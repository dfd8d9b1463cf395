package io.meterline.ledger.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Writes staged rows into the ledger, those that it does not have: part of one transaction. */
@SuppressWarnings("InlineFormatString") // A statement reads best as one piece.
final class BatchWriter {
  private static final String STAGED =
      """
      CREATE OR REPLACE TEMP TABLE staged (
        n INTEGER, time BIGINT, meter INTEGER, customer INTEGER, dims INTEGER, value BIGINT,
        wide HUGEINT, scale TINYINT, id_hi BIGINT, id_lo BIGINT, id_text VARCHAR, others BIGINT,
        object INTEGER, position INTEGER, state TINYINT)""";

  /** One column of the ledger tells nearly always that a row is new; only that one is read. */
  private static final String CANDIDATES =
      """
      CREATE OR REPLACE TEMP TABLE candidate AS
      SELECT r.rowid AS row FROM record r SEMI JOIN staged s ON s.id_lo = r.id_lo
      WHERE r.time BETWEEN %d AND %d""";

  private static final String HITS =
      """
      CREATE OR REPLACE TEMP TABLE hit AS
      SELECT s.n, r.value, r.wide, r.scale, r.dims,
        s.value IS NOT DISTINCT FROM r.value AND s.wide IS NOT DISTINCT FROM r.wide
        AND s.scale = r.scale AND s.dims = r.dims AND s.others = r.others AS same
      FROM staged s JOIN (
        SELECT * FROM record
        WHERE time BETWEEN %d AND %d AND rowid IN (SELECT row FROM candidate)) r
      ON s.id_lo = r.id_lo AND s.id_hi = r.id_hi AND s.time = r.time AND s.meter = r.meter
        AND s.customer = r.customer AND s.id_text IS NOT DISTINCT FROM r.id_text
      WHERE same OR s.id_text IS DISTINCT FROM ''""";

  /** Rows that lie together are of one customer: a question about one reads little else. */
  private static final String INSERT =
      """
      INSERT INTO record
      SELECT time, meter, customer, dims, value, wide, scale, id_hi, id_lo, id_text, others, object
      FROM staged s WHERE state = 0 %s ORDER BY customer, meter, time""";

  private static final String CONFLICTS =
      """
      INSERT INTO conflict
      SELECT s.object, s.position, m.name, c.name, s.time, t.unique_id, t.value, d.name,
        'different-content', t.detail
      FROM conflicting t JOIN staged s ON s.n = t.n JOIN meter m ON m.id = s.meter
      JOIN customer c ON c.id = s.customer JOIN dimension_set d ON d.id = s.dims
      ORDER BY s.n""";

  private final Sql sql;
  private final RowBuffer stage;

  BatchWriter(Sql sql, RowBuffer stage) {
    this.sql = sql;
    this.stage = stage;
  }

  /**
   * Writes the first {@code rows}, counts what became of them in the tallies of their objects, and
   * leaves in each row's state whether the ledger or the stage had it before.
   */
  void write(int rows, Map<Integer, LoadCounts> tallies) throws SQLException {
    if (rows == 0) {
      return;
    }
    append(rows);
    boolean hits = findHits(rows);
    sql.run(INSERT.formatted(hits ? "AND NOT EXISTS (FROM hit h WHERE h.n = s.n)" : ""));
    count(rows, tallies);
    noteWideMeters(rows);
    sql.run("DROP TABLE staged");
  }

  private void append(int rows) throws SQLException {
    sql.run(STAGED);
    try (DuckDBAppender out = sql.appender("temp", "staged")) {
      for (int row = 0; row < rows; row++) {
        out.beginRow().append(row).append(stage.time[row]).append(stage.meter[row]);
        out.append(stage.customer[row]).append(stage.dims[row]);
        BigInteger wide = stage.wide[row];
        if (wide == null) {
          out.append(stage.value[row]).appendNull();
        } else {
          out.appendNull().appendHugeInt(wide.longValue(), wide.shiftRight(Long.SIZE).longValue());
        }
        out.append(stage.scale[row]).append(stage.idHi[row]).append(stage.idLo[row]);
        String text = stage.idText[row];
        if (text == null) {
          out.appendNull();
        } else {
          out.append(text);
        }
        out.append(stage.others[row]).append(stage.object[row]).append(stage.position[row]);
        out.append(stage.state[row]).endRow();
      }
    }
  }

  /** Finds the rows whose identity the ledger has, and notes it in their state. */
  private boolean findHits(int rows) throws SQLException {
    long oldest = Long.MAX_VALUE;
    long newest = Long.MIN_VALUE;
    for (int row = 0; row < rows; row++) {
      oldest = Math.min(oldest, stage.time[row]);
      newest = Math.max(newest, stage.time[row]);
    }
    sql.run(CANDIDATES.formatted(oldest, newest));
    boolean any = sql.number("SELECT count(*) FROM candidate") > 0;
    boolean conflicts = false;
    if (any) {
      sql.run(HITS.formatted(oldest, newest));
      sql.list(
          "SELECT n, same FROM hit",
          hit -> {
            stage.state[hit.getInt(1)] = hit.getBoolean(2) ? RowBuffer.SAME : RowBuffer.DIFFERENT;
            return true;
          });
    }
    sql.run("DROP TABLE candidate");
    for (int row = 0; row < rows && !conflicts; row++) {
      conflicts = stage.state[row] == RowBuffer.DIFFERENT;
    }
    if (conflicts) {
      keepConflicts(rows, any);
    }
    return any;
  }

  private void keepConflicts(int rows, boolean hits) throws SQLException {
    sql.run(
        """
        CREATE OR REPLACE TEMP TABLE conflicting (
          n INTEGER, unique_id VARCHAR, value VARCHAR, detail VARCHAR)""");
    boolean[] told = new boolean[rows];
    try (DuckDBAppender out = sql.appender("temp", "conflicting")) {
      if (hits) {
        sql.list(
            "SELECT n, value, wide, scale, dims FROM hit WHERE NOT same ORDER BY n",
            hit -> {
              int row = hit.getInt(1);
              told[row] = true;
              return append(out, row, there(hit), hit.getInt(5));
            });
      }
      for (int row = 0; row < rows; row++) {
        if (stage.state[row] == RowBuffer.DIFFERENT && !told[row]) {
          int first = stage.first[row];
          append(out, row, value(first), stage.dims[first]);
        }
      }
    }
    sql.run(CONFLICTS);
    sql.run("DROP TABLE conflicting");
  }

  private boolean append(DuckDBAppender out, int row, BigDecimal there, int dimsThere)
      throws SQLException {
    BigDecimal came = value(row);
    String detail =
        came.compareTo(there) != 0
            ? "the ledger has the value " + there.toPlainString()
            : stage.dims[row] != dimsThere
                ? "the ledger has other dimensions"
                : "the ledger has other members that the contract does not name";
    out.beginRow().append(row).append(uniqueId(row)).append(came.toPlainString()).append(detail);
    out.endRow();
    return true;
  }

  private String uniqueId(int row) {
    return RowText.uniqueId(stage.idHi[row], stage.idLo[row], stage.idText[row]);
  }

  private BigDecimal value(int row) {
    BigInteger wide = stage.wide[row];
    return wide == null
        ? BigDecimal.valueOf(stage.value[row], stage.scale[row])
        : new BigDecimal(wide, stage.scale[row]);
  }

  private static BigDecimal there(ResultSet hit) throws SQLException {
    return RowText.value(hit, 2, 3, 4);
  }

  private void count(int rows, Map<Integer, LoadCounts> tallies) {
    int object = -1;
    @Nullable LoadCounts tally = null;
    for (int row = 0; row < rows; row++) {
      if (tally == null || stage.object[row] != object) {
        object = stage.object[row];
        tally = tallies.get(object);
      }
      if (tally != null) {
        tally.countWritten(stage.position[row], stage.state[row]);
      }
    }
  }

  private void noteWideMeters(int rows) throws SQLException {
    for (int row = 0; row < rows; row++) {
      if (stage.wide[row] != null) {
        sql.run(
            """
            INSERT INTO wide_meter
            SELECT DISTINCT meter FROM staged
            WHERE wide IS NOT NULL AND meter NOT IN (SELECT meter FROM wide_meter)""");
        return;
      }
    }
  }
}
