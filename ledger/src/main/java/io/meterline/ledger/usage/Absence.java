package io.meterline.ledger.usage;

import static io.meterline.ledger.usage.KnownNames.quoted;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a question names exists, and why nothing was found where it does. For one thread.
 *
 * <p>What an answer holds needs no look-up: names are sought only where the answer lacks them.
 */
final class Absence {
  private static final int MOST_VALUES = 3;

  private final Sql sql;
  private final KnownNames known;
  private final UsageQuery query;
  private final KnownNames.Meter meter;

  Absence(Sql sql, UsageQuery query, KnownNames.Meter meter) {
    this.sql = sql;
    this.known = new KnownNames(sql);
    this.query = query;
    this.meter = meter;
  }

  /**
   * Refuses names that no record ever had.
   *
   * @param found whether there is a record in the range
   * @param groups the names of the groups that were found
   */
  void check(boolean found, List<List<@Nullable String>> groups) throws SQLException, BadQuery {
    for (int i = 0; i < query.groupBy().size(); i++) {
      String name = query.groupBy().get(i);
      if (isDimension(name) && valuesOf(i, groups).isEmpty()) {
        known.checkDimension(meter, name);
      }
    }
    for (Map.Entry<String, Set<String>> filter : query.filters().entrySet()) {
      if (found && filter.getValue().size() == 1) {
        continue;
      }
      if (filter.getKey().equals(UsageQuery.CUSTOMER)) {
        known.checkCustomers(filter.getValue());
      } else if (meter.wasSeen()) {
        List<String> unproven = new ArrayList<>(filter.getValue());
        int column = query.groupBy().indexOf(filter.getKey());
        unproven.removeAll(column < 0 ? Set.of() : valuesOf(column, groups));
        if (!unproven.isEmpty()) {
          known.checkValues(meter, filter.getKey(), unproven);
        }
      }
    }
  }

  private boolean isDimension(String name) {
    // Of a meter without records nobody knows which dimensions they will have.
    return !name.equals(UsageQuery.CUSTOMER) && meter.wasSeen();
  }

  private static Set<String> valuesOf(int column, List<List<@Nullable String>> groups) {
    return groups.stream()
        .map(group -> group.get(column))
        .filter(java.util.Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Says for a person that there is no record in the range, and where there are some. */
  String explain(MeterDefinition definition) throws SQLException {
    if (!meter.wasSeen()) {
      return "meter %s is defined, and no record of it was loaded yet"
          .formatted(quoted(meter.name()));
    }
    String over = definition.over();
    if (!over.isEmpty() && isDimension(over) && !known.hasDimension(meter, over)) {
      return "no record of meter %s has the dimension %s, whose values its definition counts"
          .formatted(quoted(meter.name()), quoted(over));
    }
    List<@Nullable Object> values = new ArrayList<>();
    StringBuilder where = new StringBuilder("r.meter = " + meter.id());
    query.filters().entrySet().forEach(f -> where.append(UsageSql.condition(f, values)));
    if (!over.isEmpty() && isDimension(over)) {
      where.append(" AND r.dims IN (SELECT dims FROM dimension WHERE name = ?)");
      values.add(over);
    }
    String times =
        sql.list(
                "SELECT min(r.time), max(r.time), count(*) FROM record r WHERE " + where,
                row ->
                    row.getLong(3) == 0
                        ? "there is none at any other time either"
                        : "there are some from %s to %s"
                            .formatted(at(row.getLong(1)), at(row.getLong(2))),
                values.toArray())
            .getFirst();
    return "no record of meter %s%s from %s to %s: %s"
        .formatted(
            quoted(meter.name()),
            filters() + (isDimension(over) && !over.isEmpty() ? ", and with a " + over + "," : ""),
            at(query.from().toEpochMilli()),
            at(query.to().toEpochMilli()),
            times);
  }

  private String filters() {
    String text =
        query.filters().entrySet().stream()
            .map(filter -> filter.getKey() + " " + values(filter.getValue()))
            .limit(MOST_VALUES)
            .collect(Collectors.joining(" and "));
    return text.isEmpty() ? "" : " with " + text;
  }

  private static String values(Set<String> values) {
    String text =
        values.stream()
            .sorted()
            .limit(MOST_VALUES)
            .map(KnownNames::quoted)
            .collect(Collectors.joining(" or "));
    return values.size() > MOST_VALUES
        ? text + " or " + (values.size() - MOST_VALUES) + " others"
        : text;
  }

  private String at(long millis) {
    return UsageCsv.WINDOW.format(Instant.ofEpochMilli(millis).atZone(query.zone()));
  }
}
