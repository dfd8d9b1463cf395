package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of a question, and how its rows are read. */
final class UsageSql {
  private final UsageQuery query;
  private final MeterDefinition definition;
  private final boolean isWide;
  private final List<@Nullable Object> values = new ArrayList<>();
  private final String text;

  /**
   * Makes the statement.
   *
   * @param isWide whether the meter has values beyond a long
   */
  UsageSql(
      UsageQuery query, MeterDefinition definition, int meter, boolean isWide, Windows windows) {
    this.query = query;
    this.definition = definition;
    this.isWide = isWide;
    this.text = statement(meter, windows);
  }

  <T> List<T> list(Sql sql, Sql.RowReader<T> reader) throws SQLException {
    return sql.list(text, reader, values.toArray());
  }

  /** The number of the row's window. */
  static long window(ResultSet row) throws SQLException {
    return row.getLong(1);
  }

  /** The names of the row's groups. */
  List<@Nullable String> groups(ResultSet row) throws SQLException {
    List<@Nullable String> groups = new ArrayList<>(query.groupBy().size());
    for (int i = 0; i < query.groupBy().size(); i++) {
      groups.add(row.getString(2 + i));
    }
    return groups;
  }

  /** Adds what the row tells to what is known of its group. */
  void add(ResultSet row, Partial partial) throws SQLException {
    int column = 2 + query.groupBy().size();
    switch (definition.aggregation()) {
      case COUNT, UNIQUE_COUNT -> partial.add(BigDecimal.valueOf(row.getLong(column)), 0);
      case SUM, AVG -> partial.add(sum(row, column), row.getLong(column + 1));
      case MIN -> {
        for (BigDecimal value : extremes(row, column)) {
          partial.least(value);
        }
      }
      case MAX -> {
        for (BigDecimal value : extremes(row, column)) {
          partial.greatest(value);
        }
      }
      case LATEST ->
          partial.latest(
              row.getLong(column),
              new BigDecimal(integer(row, column + 1), row.getInt(column + 2)));
    }
  }

  private BigDecimal sum(ResultSet row, int column) throws SQLException {
    BigInteger sum = integer(row, column);
    if (isWide) {
      sum = sum.add(integer(row, column + 3).multiply(Partial.HALF)).add(integer(row, column + 4));
    }
    return new BigDecimal(sum, row.getInt(column + 2));
  }

  private List<BigDecimal> extremes(ResultSet row, int column) throws SQLException {
    List<BigDecimal> found = new ArrayList<>(2);
    int scale = row.getInt(column + 1);
    if (row.getObject(column) != null) {
      found.add(new BigDecimal(integer(row, column), scale));
    }
    if (isWide && row.getObject(column + 2) != null) {
      found.add(new BigDecimal(integer(row, column + 2), scale));
    }
    return found;
  }

  private static BigInteger integer(ResultSet row, int column) throws SQLException {
    Object number = row.getObject(column);
    return switch (number) {
      case null -> BigInteger.ZERO;
      case BigInteger big -> big;
      case Number other -> BigInteger.valueOf(other.longValue());
      default -> throw new SQLException("column " + column + " is not an integer: " + number);
    };
  }

  private String statement(int meter, Windows windows) {
    StringBuilder outer = new StringBuilder("SELECT a.w");
    StringBuilder inner =
        new StringBuilder("SELECT ").append(windows.sql("r.time")).append(" AS w");
    StringBuilder joins = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < query.groupBy().size(); i++) {
      String name = query.groupBy().get(i);
      if (name.equals(UsageQuery.CUSTOMER)) {
        inner.append(", r.customer AS g").append(i);
        outer.append(", c.name");
        names.append(" JOIN customer c ON c.id = a.g").append(i);
      } else {
        inner.append(", d%d.value AS g%d".formatted(i, i));
        outer.append(", a.g").append(i);
        joins.append(dimension("LEFT JOIN", "d" + i, name));
      }
    }
    if (definition.aggregation() == Aggregation.UNIQUE_COUNT && !isOverCustomers()) {
      joins.append(dimension("JOIN", "u", definition.over()));
    }
    inner.append(", ").append(aggregates()).append(" FROM record r").append(joins);
    inner.append(" WHERE r.meter = ").append(meter);
    inner.append(" AND r.time >= ").append(query.from().toEpochMilli());
    inner.append(" AND r.time < ").append(query.to().toEpochMilli());
    query.filters().entrySet().forEach(filter -> inner.append(condition(filter)));
    inner.append(" GROUP BY ALL");
    return outer + ", a.* EXCLUDE (w%s) FROM (".formatted(groupColumns()) + inner + ") a" + names;
  }

  private String groupColumns() {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < query.groupBy().size(); i++) {
      columns.append(", g").append(i);
    }
    return columns.toString();
  }

  private String dimension(String join, String alias, String name) {
    values.add(name);
    return " %s (SELECT dims, value FROM dimension WHERE name = ?) %s ON %s.dims = r.dims"
        .formatted(join, alias, alias);
  }

  private String condition(Map.Entry<String, Set<String>> filter) {
    String marks = String.join(", ", Collections.nCopies(filter.getValue().size(), "?"));
    if (filter.getKey().equals(UsageQuery.CUSTOMER)) {
      values.addAll(filter.getValue());
      return " AND r.customer IN (SELECT id FROM customer WHERE name IN (%s))".formatted(marks);
    }
    values.add(filter.getKey());
    values.addAll(filter.getValue());
    return " AND r.dims IN (SELECT dims FROM dimension WHERE name = ? AND value IN (%s))"
        .formatted(marks);
  }

  private boolean isOverCustomers() {
    return definition.over().equals(UsageQuery.CUSTOMER);
  }

  private String aggregates() {
    String half = Partial.HALF + "::HUGEINT";
    return switch (definition.aggregation()) {
      case COUNT -> "count(*)";
      case UNIQUE_COUNT ->
          isOverCustomers() ? "count(DISTINCT r.customer)" : "count(DISTINCT u.value)";
      case SUM, AVG ->
          "sum(r.value), count(*), r.scale"
              + (isWide ? ", sum(r.wide // %s), sum(r.wide %% %s)".formatted(half, half) : "");
      case MIN -> "min(r.value), r.scale" + (isWide ? ", min(r.wide)" : "");
      case MAX -> "max(r.value), r.scale" + (isWide ? ", max(r.wide)" : "");
      case LATEST -> {
        String newest = "max(row(r.time, coalesce(r.wide, r.value::HUGEINT)))";
        yield "%s[1], %s[2], r.scale".formatted(newest, newest);
      }
    };
  }
}
