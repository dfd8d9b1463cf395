package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a question. Its columns are the window's number, the numbers of the groups, and what
 * the {@link ChunkDecoder} makes a value of.
 */
final class UsageSql {
  private final UsageQuery query;
  private final MeterDefinition definition;
  private final SumStrategy form;
  private final List<@Nullable Object> values = new ArrayList<>();
  private final String text;

  UsageSql(
      UsageQuery query, MeterDefinition definition, int meter, SumStrategy form, Windows windows) {
    this.query = query;
    this.definition = definition;
    this.form = form;
    this.text = statement(meter, windows);
  }

  /**
   * The cells found of the groups that are {@code wanted}; of more than {@code most} one too many
   * is told, and not all.
   */
  ResultColumns cells(Sql sql, Groups groups, IntPredicate wanted, int most) throws SQLException {
    ResultColumns cells = new ResultColumns(definition.aggregation());
    ChunkDecoder reader =
        new ChunkDecoder(
            definition.aggregation(), form, query.groupBy().size(), groups, wanted, cells);
    sql.chunks(
        text,
        rows -> {
          reader.read(rows);
          return cells.count() <= most;
        },
        values.toArray());
    return cells;
  }

  private String statement(int meter, Windows windows) {
    StringBuilder columns = new StringBuilder(windows.sql("r.time")).append(" AS w");
    StringBuilder joins = new StringBuilder();
    for (int i = 0; i < query.groupBy().size(); i++) {
      String name = query.groupBy().get(i);
      if (name.equals(UsageQuery.CUSTOMER)) {
        columns.append(", r.customer AS g").append(i);
      } else {
        columns.append(", d%d.same AS g%d".formatted(i, i));
        joins.append(dimension("LEFT JOIN", "d" + i, name));
      }
    }
    if (definition.aggregation() == Aggregation.UNIQUE_COUNT && !isOverCustomers()) {
      joins.append(dimension("JOIN", "u", definition.over()));
    }
    StringBuilder statement = new StringBuilder("SELECT ").append(columns).append(", ");
    statement.append(aggregates()).append(" FROM record r").append(joins);
    statement.append(" WHERE r.meter = ").append(meter);
    statement.append(" AND r.time >= ").append(query.from().toEpochMilli());
    statement.append(" AND r.time < ").append(query.to().toEpochMilli());
    query.filters().entrySet().forEach(filter -> statement.append(condition(filter, values)));
    return statement.append(" GROUP BY ALL").toString();
  }

  /**
   * Sets of dimensions by the value of one: all with the same value have the number of the first.
   */
  private String dimension(String join, String alias, String name) {
    values.add(name);
    return """
         %s (SELECT dims, min(dims) OVER (PARTITION BY value) AS same FROM dimension
        WHERE name = ?) %s ON %s.dims = r.dims"""
        .formatted(join, alias, alias);
  }

  /** The condition of a filter, which starts with AND; its parameters are added to the values. */
  static String condition(Map.Entry<String, Set<String>> filter, List<@Nullable Object> values) {
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

  private boolean isAverage() {
    return definition.aggregation() == Aggregation.AVG;
  }

  private String aggregates() {
    String half = Accumulator.HALF + "::HUGEINT";
    String digits = form.isOneScale() ? form.digits() : "r.value";
    String scale = form.isOneScale() ? "" : ", r.scale";
    String wide = form.isWide() ? ", %s(r.wide)" : "";
    return switch (definition.aggregation()) {
      case COUNT -> "count(*)";
      case UNIQUE_COUNT ->
          isOverCustomers() ? "count(DISTINCT r.customer)" : "count(DISTINCT u.same)";
      case SUM, AVG ->
          form.isOneScale()
              ? "sum(%s)::BIGINT%s".formatted(digits, isAverage() ? ", count(*)" : "")
              : "sum(r.value)::HUGEINT, count(*), r.scale"
                  + (form.isWide()
                      ? ", sum(r.wide // %s), sum(r.wide %% %s)".formatted(half, half)
                      : "");
      case MIN -> "min(" + digits + ")" + scale + wide.formatted("min");
      case MAX -> "max(" + digits + ")" + scale + wide.formatted("max");
      case LATEST -> {
        String newest = "max(row(r.time, coalesce(r.wide, r.value::HUGEINT)))";
        yield "%s[1], %s[2], r.scale".formatted(newest, newest);
      }
    };
  }
}
