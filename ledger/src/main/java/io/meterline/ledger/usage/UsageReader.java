package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers questions about usage. For one thread. */
public final class UsageReader {
  private static final Comparator<@Nullable String> NAMES =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private final Sql sql;
  private final UsageLimits limits;

  public UsageReader(Sql sql, UsageLimits limits) {
    this.sql = sql;
    this.limits = limits;
  }

  private record Cell(long window, List<@Nullable String> groups) {}

  /**
   * Answers the question.
   *
   * @throws BadQuery where there is no such meter, or the answer would be beyond the limits
   */
  public Usage read(UsageQuery query) throws SQLException, BadQuery {
    Windows windows = new Windows(query.window(), query.zone(), query.from(), query.to());
    if (windows.areMoreThan(limits.maxWindows())) {
      throw new BadQuery(
          "the range has more than %d windows of a %s: ask for a shorter range or a longer window"
              .formatted(limits.maxWindows(), query.window().word()));
    }
    MeterDefinition definition = new Meters(sql).definition(query.meter());
    Map<Cell, Partial> cells = cells(query, definition, windows);
    Map<List<@Nullable String>, Integer> ranks = ranks(query, definition, cells);
    fill(query, windows, cells, ranks);
    List<Usage.Row> rows = new ArrayList<>(cells.size());
    List<Cell> order = new ArrayList<>(cells.keySet());
    order.removeIf(cell -> !ranks.isEmpty() && !ranks.containsKey(cell.groups()));
    order.sort(order(ranks));
    long window = Long.MIN_VALUE;
    @Nullable ZonedDateTime start = null;
    for (Cell cell : order) {
      if (cell.window() != window) {
        window = cell.window();
        start = windows.start(window);
      }
      @Nullable Partial partial = cells.get(cell);
      @Nullable BigDecimal value =
          (partial == null ? new Partial() : partial).result(definition.aggregation());
      rows.add(new Usage.Row(start, cell.groups(), value));
    }
    return new Usage(query, definition, rows);
  }

  private Map<Cell, Partial> cells(UsageQuery query, MeterDefinition definition, Windows windows)
      throws SQLException, BadQuery {
    int meter = (int) sql.number("SELECT id FROM meter WHERE name = ?", query.meter());
    boolean isWide = sql.number("SELECT count(*) FROM wide_meter WHERE meter = ?", meter) > 0;
    UsageSql statement = new UsageSql(query, definition, meter, isWide, windows);
    Map<Cell, Partial> cells = new HashMap<>();
    boolean[] tooMany = {false};
    statement.list(
        sql,
        row -> {
          if (!tooMany[0]) {
            Cell cell = new Cell(UsageSql.window(row), statement.groups(row));
            statement.add(row, cells.computeIfAbsent(cell, unknown -> new Partial()));
            tooMany[0] = cells.size() > limits.maxRows();
          }
          return cells;
        });
    if (tooMany[0]) {
      throw tooManyRows();
    }
    return cells;
  }

  /** The groups asked for, the greatest first; empty where all are. */
  private Map<List<@Nullable String>, Integer> ranks(
      UsageQuery query, MeterDefinition definition, Map<Cell, Partial> cells)
      throws SQLException, BadQuery {
    Map<List<@Nullable String>, Integer> ranks = new LinkedHashMap<>();
    if (query.top().isEmpty()) {
      return ranks;
    }
    UsageQuery whole = query.whole();
    Map<Cell, Partial> totals =
        query.window() == WindowSize.NONE
            ? cells
            : cells(
                whole,
                definition,
                new Windows(whole.window(), whole.zone(), whole.from(), whole.to()));
    Comparator<Map.Entry<Cell, Partial>> byValue =
        Comparator.comparing(
            entry -> entry.getValue().result(definition.aggregation()),
            Comparator.nullsFirst(Comparator.naturalOrder()));
    totals.entrySet().stream()
        .sorted(
            byValue
                .reversed()
                .thenComparing(entry -> entry.getKey().groups(), UsageReader::compare))
        .limit(query.top().getAsInt())
        .forEach(entry -> ranks.put(entry.getKey().groups(), ranks.size()));
    return ranks;
  }

  /** Adds the windows in which a group has nothing. */
  private void fill(
      UsageQuery query,
      Windows windows,
      Map<Cell, Partial> cells,
      Map<List<@Nullable String>, Integer> ranks)
      throws BadQuery {
    boolean isOne = query.groupBy().isEmpty();
    if (!query.fill() && !(isOne && query.window() == WindowSize.NONE)) {
      return;
    }
    Set<List<@Nullable String>> groups = new HashSet<>();
    cells.keySet().forEach(cell -> groups.add(cell.groups()));
    if (isOne) {
      groups.add(List.of());
    }
    if (!ranks.isEmpty()) {
      groups.retainAll(ranks.keySet());
    }
    List<Long> numbers = windows.numbers();
    if ((long) numbers.size() * groups.size() > limits.maxRows()) {
      throw tooManyRows();
    }
    for (List<@Nullable String> group : groups) {
      for (long number : numbers) {
        cells.putIfAbsent(new Cell(number, group), new Partial());
      }
    }
  }

  private BadQuery tooManyRows() {
    return new BadQuery(
        "the answer has more than %d rows: ask for a shorter range, a longer window or fewer groups"
            .formatted(limits.maxRows()));
  }

  private static Comparator<Cell> order(Map<List<@Nullable String>, Integer> ranks) {
    Comparator<Cell> byTime = Comparator.comparingLong(Cell::window);
    return ranks.isEmpty()
        ? byTime.thenComparing(Cell::groups, UsageReader::compare)
        : byTime.thenComparing(cell -> ranks.getOrDefault(cell.groups(), Integer.MAX_VALUE));
  }

  private static int compare(List<@Nullable String> a, List<@Nullable String> b) {
    for (int i = 0; i < a.size(); i++) {
      int difference = NAMES.compare(a.get(i), b.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
