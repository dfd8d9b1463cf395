package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Answers questions about usage. For one thread, within one transaction. */
public final class UsageReader {
  private final Sql sql;
  private final UsageLimits limits;

  public UsageReader(Sql sql, UsageLimits limits) {
    this.sql = sql;
    this.limits = limits;
  }

  /**
   * Answers the question.
   *
   * @throws BadQuery where it names what no record ever had, or the answer would be beyond the
   *     limits
   */
  public Usage read(UsageQuery query) throws SQLException, BadQuery {
    Windows windows = windows(query);
    if (windows.areMoreThan(limits.maxWindows())) {
      throw new BadQuery(
          "the range has more than %d windows of a %s: ask for a shorter range or a longer window"
              .formatted(limits.maxWindows(), query.window().word()));
    }
    KnownNames.Meter known = new KnownNames(sql).meter(query.meter());
    MeterDefinition definition = new Meters(sql).definition(query.meter());
    int meter = known.id();
    SumStrategy form = SumStrategy.of(sql, meter, query);
    Groups groups = new Groups(query.groupBy());
    ResultColumns cells;
    List<List<@Nullable String>> names;
    int[] order;
    boolean found;
    if (query.top().isPresent()) {
      // The greatest are found first: what the others have in each window is never held.
      UsageSql ofRange =
          new UsageSql(query.whole(), definition, meter, form, windows(query.whole()));
      ResultColumns totals = cells(ofRange, groups, group -> true);
      names = names(query, groups);
      found = isFound(totals, definition);
      order = top(query.top().getAsInt(), totals, names);
      BitSet wanted = new BitSet();
      Arrays.stream(order).forEach(wanted::set);
      cells =
          query.window() == WindowSize.NONE
              ? totals
              : cells(new UsageSql(query, definition, meter, form, windows), groups, wanted::get);
    } else {
      cells = cells(new UsageSql(query, definition, meter, form, windows), groups, group -> true);
      names = names(query, groups);
      found = isFound(cells, definition);
      order = byName(names);
    }
    Absence absence = new Absence(sql, query, known);
    absence.check(found, names);
    RowOrder rows = new RowOrder(cells, windows, order, groups.count());
    boolean isTotal = query.groupBy().isEmpty() && query.window() == WindowSize.NONE;
    if (query.fill() || isTotal) {
      if ((long) windows.numbers().size() * order.length > limits.maxRows()) {
        throw tooManyRows();
      }
      rows.fill();
    }
    return new Usage(
        query,
        definition,
        rows.rows(names, nothing(definition)),
        found ? "" : absence.explain(definition));
  }

  private List<List<@Nullable String>> names(UsageQuery query, Groups groups) throws SQLException {
    if (query.groupBy().isEmpty()) {
      // The one group of all is there, also where nothing is in it.
      groups.of(new int[0]);
    }
    return groups.names(sql);
  }

  /** Whether there is a record: a count of all is there also where it counts none. */
  private static boolean isFound(ResultColumns cells, MeterDefinition definition) {
    return switch (definition.aggregation()) {
      case COUNT, UNIQUE_COUNT -> {
        BigDecimal first = cells.count() == 0 ? null : cells.value(0);
        yield cells.count() > 1 || (first != null && first.signum() != 0);
      }
      case SUM, AVG, MIN, MAX, LATEST -> cells.count() > 0;
    };
  }

  private static Windows windows(UsageQuery query) {
    return new Windows(query.window(), query.zone(), query.from(), query.to());
  }

  private static @Nullable BigDecimal nothing(MeterDefinition definition) {
    return definition.aggregation().isZeroWhereEmpty() ? BigDecimal.ZERO : null;
  }

  private ResultColumns cells(UsageSql statement, Groups groups, IntPredicate wanted)
      throws SQLException, BadQuery {
    ResultColumns cells = statement.cells(sql, groups, wanted, limits.maxRows());
    if (cells.count() > limits.maxRows()) {
      throw tooManyRows();
    }
    return cells;
  }

  private static int[] byName(List<List<@Nullable String>> names) {
    return sorted(names.size(), (a, b) -> Groups.compare(names.get(a), names.get(b)));
  }

  /** The groups with the most in the whole range, the greatest first. */
  private static int[] top(int most, ResultColumns totals, List<List<@Nullable String>> names) {
    Comparator<Integer> byValue =
        Comparator.comparing(
            totals::value, Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder()));
    int[] order =
        sorted(
            totals.count(),
            byValue
                .reversed()
                .thenComparing(
                    (a, b) ->
                        Groups.compare(names.get(totals.group(a)), names.get(totals.group(b)))));
    int[] groups = new int[Math.min(most, order.length)];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = totals.group(order[i]);
    }
    return groups;
  }

  private static int[] sorted(int count, Comparator<Integer> comparator) {
    List<Integer> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    numbers.sort(comparator);
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private BadQuery tooManyRows() {
    return new BadQuery(
        "the answer has more than %d rows: ask for a shorter range, a longer window or fewer groups"
            .formatted(limits.maxRows()));
  }
}
