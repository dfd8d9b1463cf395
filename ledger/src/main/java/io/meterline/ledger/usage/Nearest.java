package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The known name that a mistyped one most likely means. */
final class Nearest {
  /** Comparing two names takes memory in proportion to both lengths: longer ones are left out. */
  static final int MOST_CHARS = 100;

  /** To compare millions of names would take seconds. */
  private static final int MOST_COMPARED = 100_000;

  private Nearest() {}

  /**
   * A name that differs by little, such as two letters of eight.
   *
   * @param names a query with one column {@code name}
   * @param values of the query's parameters
   */
  static Optional<String> of(String name, Sql sql, String names, Object... values)
      throws SQLException {
    if (name.length() > MOST_CHARS) {
      return Optional.empty();
    }
    List<Object> all = new ArrayList<>(List.of(name, name));
    all.addAll(List.of(values));
    return sql
        .list(
            """
            SELECT name FROM (
              SELECT name, CASE
                WHEN length(name) > %d OR abs(length(name) - length(?)) > length(name) // 4 + 1
                THEN NULL ELSE damerau_levenshtein(lower(name), lower(?)) END AS distance
              FROM (SELECT name FROM (%s) LIMIT %d))
            WHERE distance <= length(name) // 4 + 1 ORDER BY distance, name LIMIT 1"""
                .formatted(MOST_CHARS, names, MOST_COMPARED),
            row -> row.getString(1),
            all.toArray())
        .stream()
        .findFirst();
  }
}
