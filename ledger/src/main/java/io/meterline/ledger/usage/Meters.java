package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The meters that were seen or defined. For one thread. */
public final class Meters {
  private final Sql sql;

  public Meters(Sql sql) {
    this.sql = sql;
  }

  /** All meters, by name. */
  public List<MeterDefinition> all() throws SQLException {
    return page("", Integer.MAX_VALUE);
  }

  /** Meters by name, those after {@code after}. */
  public List<MeterDefinition> page(String after, int most) throws SQLException {
    return sql.list(
        """
        SELECT m.name, d.aggregation, d.over, d.unit
        FROM (SELECT name FROM meter UNION SELECT meter FROM definition) m
        LEFT JOIN definition d ON d.meter = m.name
        WHERE m.name > ? ORDER BY m.name LIMIT ?\
        """,
        Meters::read,
        after,
        most);
  }

  /** Adds definitions, in place of those that the same meters have; all or none. */
  public void define(List<MeterDefinition> definitions) throws SQLException {
    sql.begin();
    try {
      for (MeterDefinition one : definitions) {
        sql.run("DELETE FROM definition WHERE meter = ?", one.meter());
        sql.run(
            "INSERT INTO definition VALUES (?, ?, ?, ?)",
            one.meter(),
            one.aggregation().word(),
            one.over(),
            one.unit());
      }
      sql.commit();
    } catch (SQLException e) {
      sql.rollback();
      throw e;
    }
  }

  /** What a meter means. */
  MeterDefinition definition(String meter) throws SQLException {
    List<MeterDefinition> found =
        sql.list(
            "SELECT meter, aggregation, over, unit FROM definition WHERE meter = ?",
            Meters::read,
            meter);
    return found.isEmpty() ? MeterDefinition.undefined(meter) : found.getFirst();
  }

  /** Says of definitions over a dimension that no record of their meter has, that they are such. */
  public List<String> doubts(List<MeterDefinition> definitions) throws SQLException {
    KnownNames known = new KnownNames(sql);
    List<String> doubts = new ArrayList<>();
    for (MeterDefinition one : definitions) {
      if (!one.over().isEmpty() && !one.over().equals(UsageQuery.CUSTOMER)) {
        try {
          KnownNames.Meter meter = known.meter(one.meter());
          if (meter.wasSeen()) {
            known.checkDimension(meter, one.over());
          }
        } catch (BadQuery e) {
          doubts.add(
              "meter '%s' is defined over '%s': %s"
                  .formatted(one.meter(), one.over(), e.getMessage()));
        }
      }
    }
    return doubts;
  }

  private static MeterDefinition read(ResultSet row) throws SQLException {
    String aggregation = row.getString(2);
    return aggregation == null
        ? MeterDefinition.undefined(row.getString(1))
        : new MeterDefinition(
            row.getString(1), Aggregation.valueOf(aggregation), row.getString(3), row.getString(4));
  }
}
