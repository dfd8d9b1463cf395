package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names that records have brought, at whatever time: what a question names must be among them.
 * For one thread.
 */
public final class KnownNames {
  private static final int MOST_LISTED = 20;
  private static final String METERS = "SELECT name FROM meter";
  private static final String CUSTOMERS = "SELECT name FROM customer";
  private static final String OF_METER = "dims IN (SELECT dims FROM record WHERE meter = ?)";

  /** A meter, as it is named and numbered; {@code id} -1 where no record of it was seen. */
  record Meter(String name, int id) {
    boolean wasSeen() {
      return id >= 0;
    }
  }

  private final Sql sql;

  public KnownNames(Sql sql) {
    this.sql = sql;
  }

  /**
   * The meter of this name.
   *
   * @throws BadQuery where it was neither seen nor defined
   */
  Meter meter(String name) throws SQLException, BadQuery {
    List<Integer> ids = sql.list("SELECT id FROM meter WHERE name = ?", row -> row.getInt(1), name);
    if (!ids.isEmpty()) {
      return new Meter(name, ids.getFirst());
    }
    if (sql.number("SELECT count(*) FROM definition WHERE meter = ?", name) == 0) {
      throw unknown("no record is of a meter " + quoted(name), name, METERS);
    }
    return new Meter(name, -1);
  }

  /** Refuses a meter that was neither seen nor defined; an empty name is none, and well. */
  public void checkMeter(String name) throws SQLException, BadQuery {
    if (!name.isEmpty()) {
      meter(name);
    }
  }

  /** Refuses a customer that was never seen; an empty name is none, and well. */
  public void checkCustomer(String name) throws SQLException, BadQuery {
    if (!name.isEmpty()) {
      checkCustomers(List.of(name));
    }
  }

  void checkCustomers(Collection<String> names) throws SQLException, BadQuery {
    for (String name : unseen(names, CUSTOMERS + " WHERE name IN (%s)")) {
      throw unknown("no record is of a customer " + quoted(name), name, CUSTOMERS);
    }
  }

  /** Whether a record of the meter has the dimension. */
  boolean hasDimension(Meter meter, String dimension) throws SQLException {
    return sql.number(
            """
            SELECT count(*) FROM (SELECT 1 FROM record WHERE meter = ?
              AND dims IN (SELECT dims FROM dimension WHERE name = ?) LIMIT 1)""",
            meter.id(),
            dimension)
        > 0;
  }

  void checkDimension(Meter meter, String dimension) throws SQLException, BadQuery {
    if (!hasDimension(meter, dimension)) {
      throw unknown(
          "no record of meter %s has a dimension %s"
              .formatted(quoted(meter.name()), quoted(dimension)),
          dimension,
          "SELECT '%s' AS name UNION SELECT name FROM dimension WHERE %s"
              .formatted(UsageQuery.CUSTOMER, OF_METER),
          meter.id());
    }
  }

  /** Refuses values that the dimension has in no record of the meter. */
  void checkValues(Meter meter, String dimension, Collection<String> values)
      throws SQLException, BadQuery {
    String ofDimension = " FROM dimension WHERE name = ? AND " + OF_METER;
    for (String value :
        unseen(
            values,
            "SELECT DISTINCT value" + ofDimension + " AND value IN (%s)",
            dimension,
            meter.id())) {
      checkDimension(meter, dimension);
      throw unknown(
          "no record of meter %s has %s in its dimension %s"
              .formatted(quoted(meter.name()), quoted(value), quoted(dimension)),
          value,
          "SELECT DISTINCT value AS name" + ofDimension,
          dimension,
          meter.id());
    }
  }

  private Set<String> unseen(Collection<String> names, String statement, Object... values)
      throws SQLException {
    Set<String> unseen = new TreeSet<>(names);
    List<Object> all = new ArrayList<>(List.of(values));
    all.addAll(unseen);
    String marks = String.join(", ", Collections.nCopies(unseen.size(), "?"));
    sql.list(statement.formatted(marks), row -> row.getString(1), all.toArray())
        .forEach(unseen::remove);
    return unseen;
  }

  private BadQuery unknown(String what, String name, String names, Object... values)
      throws SQLException {
    String meant =
        Nearest.of(name, sql, names, values)
            .map(near -> ": did you mean %s? ".formatted(quoted(near)))
            .orElse(". ");
    List<String> known =
        sql.list(
            "SELECT name FROM (%s) ORDER BY name LIMIT %d".formatted(names, MOST_LISTED + 1),
            row -> row.getString(1),
            values);
    String listed =
        known.stream().limit(MOST_LISTED).map(KnownNames::shown).collect(Collectors.joining(", "));
    return new BadQuery(
        what
            + meant
            + (known.isEmpty() ? "The ledger is empty" : "Known: " + listed)
            + (known.size() > MOST_LISTED ? ", …" : ""));
  }

  static String quoted(String name) {
    return "'" + shown(name) + "'";
  }

  /** A name as a message can hold it: of bounded length, without what would steer a terminal. */
  private static String shown(String name) {
    String start =
        name.length() > Nearest.MOST_CHARS ? name.substring(0, Nearest.MOST_CHARS) + "…" : name;
    return start.replaceAll("\\p{Cc}", "\ufffd");
  }
}
