package io.meterline.ledger;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was rejected: records refused, and rows in conflict with others. */
public final class Rejections {
  /** As much of a refused record as a list shows. */
  private static final int MOST_TEXT = 4096;

  private Rejections() {}

  /**
   * A record, or an object as a whole, that was refused.
   *
   * @param object the name of the object that it came in
   * @param position of the record in its object; -1 for the object as a whole
   * @param text its beginning
   * @param textLength how long its text is, in characters
   */
  public record Quarantined(
      String object,
      String place,
      int position,
      String reason,
      String detail,
      String text,
      long textLength,
      long keptAt) {}

  /**
   * A row that could not be stored as it came.
   *
   * @param dimensions as a JSON object
   * @param uniqueId empty where the record had none
   */
  public record Conflict(
      String object,
      int position,
      String meter,
      String customer,
      long time,
      String uniqueId,
      String value,
      String dimensions,
      String reason,
      String detail) {}

  /**
   * Why a record was not stored as it came.
   *
   * @param reason a stable word
   * @param detail for a person
   */
  public record NotStored(String reason, String detail) {
    /** A record of several meters may have a reason for each. */
    NotStored and(NotStored other) {
      return new NotStored(reason, detail + "; " + other.reason + ": " + other.detail);
    }
  }

  /**
   * What was put aside on its way to a place, as its quarantine object says.
   *
   * @param eventId the log event's id, or the Kinesis record's sequence number; may be empty
   * @param timestamp the log event's time in epoch milliseconds
   * @param text its beginning
   * @param bytes how long the entry is
   * @param seenAt when the ledger read the object
   */
  public record Undelivered(
      String object,
      String place,
      int position,
      String reason,
      String detail,
      String logGroup,
      String logStream,
      String eventId,
      OptionalLong timestamp,
      String text,
      long bytes,
      long seenAt) {}

  /** How many were refused for a reason. */
  public record ReasonCount(String reason, long count) {}

  static List<ReasonCount> reasons(Sql sql) throws SQLException {
    return reasons(sql, "quarantine");
  }

  static List<ReasonCount> undeliveredReasons(Sql sql) throws SQLException {
    return reasons(sql, "undelivered");
  }

  static List<Undelivered> undelivered(Sql sql, String reason, int skip, int most)
      throws SQLException {
    return sql.list(
        """
        SELECT u.name, o.place, u.position, u.reason, u.detail, u.log_group, u.log_stream,
          u.event_id, u.time, u.text, u.bytes, o.seen_at
        FROM (SELECT *, rowid AS row FROM undelivered) u
        JOIN undelivered_object o ON o.name = u.name WHERE (? = '' OR u.reason = ?)
        ORDER BY o.seen_at DESC, u.row DESC LIMIT ? OFFSET ?""",
        row -> {
          long time = row.getLong(9);
          return new Undelivered(
              row.getString(1),
              row.getString(2),
              row.getInt(3),
              row.getString(4),
              row.getString(5),
              row.getString(6),
              row.getString(7),
              row.getString(8),
              row.wasNull() ? OptionalLong.empty() : OptionalLong.of(time),
              row.getString(10),
              row.getLong(11),
              row.getLong(12));
        },
        reason,
        reason,
        most,
        skip);
  }

  private static List<ReasonCount> reasons(Sql sql, String table) throws SQLException {
    return sql.list(
        "SELECT reason, count(*) FROM %s GROUP BY reason ORDER BY 2 DESC, 1".formatted(table),
        row -> new ReasonCount(row.getString(1), row.getLong(2)));
  }

  static List<Quarantined> quarantined(Sql sql, String reason, int skip, int most)
      throws SQLException {
    return sql.list(
        """
        SELECT name, place, position, reason, detail, left(text, %d), length(text), kept_at
        FROM quarantine WHERE (? = '' OR reason = ?)
        ORDER BY kept_at DESC, rowid DESC LIMIT ? OFFSET ?"""
            .formatted(MOST_TEXT),
        row ->
            new Quarantined(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8)),
        reason,
        reason,
        most,
        skip);
  }

  static List<Conflict> conflicts(Sql sql, int skip, int most) throws SQLException {
    return sql.list(
        """
        SELECT coalesce(o.name, ''), c.position, c.meter, c.customer, c.time,
          coalesce(c.unique_id, ''), c.value, c.dimensions, c.reason, c.detail
        FROM (SELECT *, rowid AS row FROM conflict ORDER BY row DESC LIMIT ? OFFSET ?) c
        LEFT JOIN object o ON o.id = c.object ORDER BY c.row DESC""",
        row ->
            new Conflict(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10)),
        most,
        skip);
  }

  /** Why records of one object were not stored, by position. */
  static SortedMap<Integer, NotStored> why(Sql sql, String object) throws SQLException {
    SortedMap<Integer, NotStored> why = new TreeMap<>();
    sql.list(
        """
        SELECT position, reason, detail FROM quarantine WHERE name = ?
        UNION ALL
        SELECT position, reason, detail FROM conflict
        WHERE object IN (SELECT id FROM object WHERE name = ?)""",
        row ->
            why.merge(
                row.getInt(1), new NotStored(row.getString(2), row.getString(3)), NotStored::and),
        object,
        object);
    return why;
  }
}
