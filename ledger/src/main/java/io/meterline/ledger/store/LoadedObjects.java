package io.meterline.ledger.store;

import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/** The objects that the ledger has, by name. */
public final class LoadedObjects {
  private final Sql sql;
  private final List<Row> finished = new ArrayList<>();
  private int next;

  /**
   * What the ledger knows of a name.
   *
   * @param version that was loaded, with its place and key; empty where none was
   * @param sha256 of the content that was loaded; empty where none was
   * @param aside the versions that are in quarantine as a whole, with their places
   * @param isForeign whether one of them held something else than meter records
   */
  public record Known(String version, String sha256, Set<String> aside, boolean isForeign) {
    public Known {
      aside = Set.copyOf(aside);
    }

    /** What is known of an object that is in quarantine as a whole since just now. */
    public static Known asideNow(ObjectRef object) {
      return new Known("", "", Set.of(object.placedVersion()), false);
    }

    /** What is known of an object that was loaded just now. */
    public static Known loadedNow(ObjectRef object, LoadCounts tally) {
      return new Known(object.exactVersion(), tally.sha256(), Set.of(), false);
    }

    /** Whether it is in quarantine as a whole, and was never loaded. */
    public boolean isBroken() {
      return sha256.isEmpty();
    }

    /** Whether this very version is in quarantine as a whole. */
    public boolean isAside(ObjectRef object) {
      return !object.version().isEmpty() && aside.contains(object.placedVersion());
    }

    /** Whether the place says that it is the same content. */
    public boolean isUnchanged(ObjectRef object) {
      return !object.version().isEmpty() && version.equals(object.exactVersion());
    }
  }

  /** An object that is loaded, and not yet written. */
  record Row(int id, ObjectRef object, LoadCounts tally, long loadedAt) {}

  LoadedObjects(Sql sql) throws SQLException {
    this.sql = sql;
    reload();
  }

  void reload() throws SQLException {
    finished.clear();
    next = (int) sql.number("SELECT coalesce(max(id), -1) + 1 FROM object");
  }

  /** What is known of those names that are known. */
  Map<String, Known> among(List<ObjectRef> objects) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    sql.run("CREATE OR REPLACE TEMP TABLE sought (name VARCHAR)");
    try (DuckDBAppender rows = sql.appender("temp", "sought")) {
      for (ObjectRef object : objects) {
        rows.beginRow().append(object.name()).endRow();
      }
    }
    sql.list(
        """
        SELECT name, '', '', place || ' ' || version, detail = ? FROM quarantine
        WHERE position = -1 AND name IN (SELECT name FROM sought)
        UNION ALL
        SELECT name, place || ' ' || key || ' ' || version, sha256, NULL, false FROM object
        WHERE name IN (SELECT name FROM sought)""",
        row -> {
          String aside = row.getString(4);
          Known one =
              new Known(
                  row.getString(2),
                  row.getString(3),
                  aside == null ? Set.of() : Set.of(aside),
                  row.getBoolean(5));
          return known.merge(row.getString(1), one, LoadedObjects::both);
        },
        LedgerWriter.FOREIGN);
    sql.run("DROP TABLE sought");
    // Those that are not written yet: the file says nothing of them.
    Set<String> names = objects.stream().map(ObjectRef::name).collect(toSet());
    for (Row row : finished) {
      if (names.contains(row.object().name())) {
        known.put(row.object().name(), Known.loadedNow(row.object(), row.tally()));
      }
    }
    return known;
  }

  private static Known both(Known a, Known b) {
    Set<String> aside = new HashSet<>(a.aside());
    aside.addAll(b.aside());
    return new Known(
        a.version() + b.version(), a.sha256() + b.sha256(), aside, a.isForeign() || b.isForeign());
  }

  int newId() {
    return next++;
  }

  /** Notes an object as loaded; written with its rows. */
  void finish(int id, ObjectRef object, LoadCounts tally, long loadedAt) {
    finished.add(new Row(id, object, tally, loadedAt));
  }

  boolean hasFinished() {
    return !finished.isEmpty();
  }

  /** The objects noted since the last time, to be written. */
  List<Row> takeFinished() {
    List<Row> rows = List.copyOf(finished);
    finished.clear();
    return rows;
  }

  /** Writes objects, and forgets that they were broken once. */
  void write(List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (DuckDBAppender out = sql.appender("object")) {
      for (Row row : rows) {
        LoadCounts tally = row.tally();
        out.beginRow().append(row.id()).append(row.object().name()).append(row.object().place());
        out.append(row.object().key()).append(row.object().version()).append(tally.sha256());
        out.append(tally.records()).append(tally.stored()).append(tally.duplicates());
        out.append(tally.conflicts()).append(tally.quarantined()).append(row.loadedAt()).endRow();
      }
    }
    sql.run("DELETE FROM quarantine WHERE position = -1 AND name IN (SELECT name FROM object)");
  }
}
