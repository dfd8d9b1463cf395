package io.meterline.ledger.store;

import io.meterline.ledger.body.UndeliveredEntry;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/**
 * What was put aside before it reached the ledger: the entries of the quarantine objects that the
 * places have, each object once. None of it is usage.
 */
public final class Undelivered {
  private final Sql sql;

  public Undelivered(Sql sql) {
    this.sql = sql;
  }

  /** The version that was read of those objects that were read, by name. */
  public Map<String, String> versions(List<ObjectRef> among) throws SQLException {
    Map<String, String> versions = new HashMap<>();
    String marks = String.join(", ", Collections.nCopies(among.size(), "?"));
    sql.list(
        "SELECT name, place || ' ' || key || ' ' || version FROM undelivered_object WHERE name IN (%s)"
            .formatted(marks),
        row -> versions.put(row.getString(1), row.getString(2)),
        among.stream().map(ObjectRef::name).toArray());
    return versions;
  }

  /** Whether this very object was read, by its version. */
  public static boolean isRead(ObjectRef object, Map<String, String> versions) {
    return object.exactVersion().equals(versions.get(object.name()));
  }

  /** Starts the entries of an object, in place of those that it had before. */
  public void start(ObjectRef object, long seenAt) throws SQLException {
    sql.begin();
    for (String table : List.of("undelivered", "undelivered_object")) {
      sql.run("DELETE FROM %s WHERE name = ?".formatted(table), object.name());
    }
    sql.run(
        "INSERT INTO undelivered_object VALUES (?, ?, ?, ?, ?)",
        object.name(),
        object.place(),
        object.key(),
        object.version(),
        seenAt);
  }

  /** Adds entries of the object that was started. */
  public void add(ObjectRef object, List<UndeliveredEntry> entries) throws SQLException {
    try (DuckDBAppender out = sql.appender("undelivered")) {
      for (UndeliveredEntry entry : entries) {
        out.beginRow().append(object.name()).append(entry.position()).append(entry.reason());
        out.append(entry.detail()).append(entry.logGroup()).append(entry.logStream());
        out.append(entry.eventId());
        if (entry.timestamp().isPresent()) {
          out.append(entry.timestamp().getAsLong());
        } else {
          out.appendNull();
        }
        out.append(entry.text()).append(entry.bytes()).endRow();
      }
    }
  }

  public void commit() throws SQLException {
    sql.commit();
  }

  public void rollback() throws SQLException {
    sql.rollback();
  }

  /** Notes the place as one that objects were loaded from. */
  public static void notePlace(Sql sql, String place) throws SQLException {
    if (sql.number("SELECT count(*) FROM place WHERE name = ?", place) == 0) {
      sql.run("INSERT INTO place VALUES (?)", place);
    }
  }
}
