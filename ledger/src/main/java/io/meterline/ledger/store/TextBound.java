package io.meterline.ledger.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How much text one question may bring into memory: names come from log lines and may be long. The
 * database counts it, since the driver makes texts of thousands of rows at once.
 */
final class TextBound {
  /** A part of the heap: some questions are answered at once, each makes copies of its texts. */
  private static final int HEAP_PART = 32;

  private static final int LEAST = 4 * 1024 * 1024;
  private static final int MOST = 64 * 1024 * 1024;

  private final long most;
  private long found;

  TextBound(long most) {
    this.most = most;
  }

  static TextBound ofHeap() {
    return new TextBound(Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_PART, LEAST, MOST));
  }

  void add(long bytes) throws TooMuchText {
    found += bytes;
    if (found > most) {
      throw new TooMuchText(most);
    }
  }

  /** Counts the texts of a row of a query that {@link #counted} made, whose last column it is. */
  void count(ResultSet row) throws SQLException {
    add(row.getLong(row.getMetaData().getColumnCount()));
  }

  /**
   * A query with the same rows, and with one column more: the bytes of each row's texts. Texts
   * beyond the bound are not there.
   */
  String counted(String query, ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = "c" + i;
      names.add(name);
      boolean isText = "VARCHAR".equals(requireNonNull(columns.getColumnTypeName(i)));
      kept.add(isText ? "CASE WHEN bytes <= %d THEN %s END".formatted(most - found, name) : name);
      if (isText) {
        lengths.add("coalesce(strlen(%s), 0)".formatted(name));
      }
    }
    return """
        SELECT %s, own FROM (
          SELECT *, sum(own) OVER (ROWS UNBOUNDED PRECEDING) AS bytes
          FROM (SELECT *, %s AS own FROM (%s) t(%s)))"""
        .formatted(
            String.join(", ", kept),
            lengths.isEmpty() ? "0" : String.join(" + ", lengths),
            query,
            String.join(", ", names));
  }
}
