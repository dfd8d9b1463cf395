package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The meters that were seen or defined. For one thread. */
public final class Meters {
  private static final int MOST_NAMED = 20;

  /** The distance of two names takes memory by the product of their lengths. */
  private static final int MOST_COMPARED_LENGTH = 100;

  private static final int MOST_COMPARED = 10_000;
  private static final int MOST_SHOWN_LENGTH = 200;

  private final Sql sql;

  public Meters(Sql sql) {
    this.sql = sql;
  }

  /** All meters, by name. */
  public List<MeterDefinition> all() throws SQLException {
    return sql.list(
        """
        SELECT m.name, d.aggregation, d.over, d.unit
        FROM (SELECT name FROM meter UNION SELECT meter FROM definition) m
        LEFT JOIN definition d ON d.meter = m.name ORDER BY m.name""",
        Meters::read);
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

  /** What a meter that was seen means. */
  MeterDefinition definition(String meter) throws SQLException, BadQuery {
    if (sql.number("SELECT count(*) FROM meter WHERE name = ?", meter) == 0) {
      throw new BadQuery(
          "no record of a meter '%s' was seen; %s%s"
              .formatted(
                  shown(meter),
                  nearest(meter).map("did you mean '%s'? "::formatted).orElse(""),
                  others()));
    }
    List<MeterDefinition> found =
        sql.list(
            "SELECT meter, aggregation, over, unit FROM definition WHERE meter = ?",
            Meters::read,
            meter);
    return found.isEmpty() ? MeterDefinition.undefined(meter) : found.getFirst();
  }

  /** A meter whose name differs by little, such as two letters of eight; of short names only. */
  private Optional<String> nearest(String meter) throws SQLException {
    if (meter.length() > MOST_COMPARED_LENGTH) {
      return Optional.empty();
    }
    return sql
        .list(
            """
            SELECT name FROM (
              SELECT name, damerau_levenshtein(lower(name), lower(?)) AS distance FROM (
                SELECT name FROM meter WHERE length(name) <= %d LIMIT %d))
            WHERE distance <= length(name) // 4 + 1 ORDER BY distance, name LIMIT 1"""
                .formatted(MOST_COMPARED_LENGTH, MOST_COMPARED),
            row -> row.getString(1),
            meter)
        .stream()
        .findFirst();
  }

  private String others() throws SQLException {
    List<String> names =
        sql.list(
            "SELECT left(name, %d) FROM meter ORDER BY name LIMIT %d"
                .formatted(MOST_SHOWN_LENGTH + 1, MOST_NAMED),
            row -> shown(row.getString(1)));
    return names.isEmpty()
        ? "the ledger is empty"
        : "there are " + names.stream().collect(Collectors.joining(", "));
  }

  /** A name as a message shows it. */
  private static String shown(String name) {
    return name.length() <= MOST_SHOWN_LENGTH ? name : name.substring(0, MOST_SHOWN_LENGTH) + "…";
  }

  private static MeterDefinition read(ResultSet row) throws SQLException {
    String aggregation = row.getString(2);
    return aggregation == null
        ? MeterDefinition.undefined(row.getString(1))
        : new MeterDefinition(
            row.getString(1), Aggregation.valueOf(aggregation), row.getString(3), row.getString(4));
  }
}
