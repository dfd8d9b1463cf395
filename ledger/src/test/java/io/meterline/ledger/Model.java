package io.meterline.ledger;

import io.meterline.ledger.usage.Aggregation;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A ledger as one would write it first: a list in memory. */
final class Model {
  /** What a record says of one meter; an empty id is none. */
  record Entry(
      String meter,
      String customer,
      long time,
      BigDecimal value,
      String id,
      Map<String, String> dimensions) {
    Entry {
      value = value.stripTrailingZeros();
    }

    boolean hasIdentityOf(Entry other) {
      return id.isEmpty()
          ? equals(other)
          : id.equals(other.id)
              && meter.equals(other.meter)
              && customer.equals(other.customer)
              && time == other.time;
    }
  }

  private final List<Entry> rows = new ArrayList<>();
  private long duplicates;
  private long conflicts;

  void add(Entry entry) {
    for (Entry row : rows) {
      if (row.hasIdentityOf(entry)) {
        if (row.equals(entry)) {
          duplicates++;
        } else {
          conflicts++;
        }
        return;
      }
    }
    rows.add(entry);
  }

  long stored() {
    return rows.size();
  }

  long duplicates() {
    return duplicates;
  }

  long conflicts() {
    return conflicts;
  }

  boolean has(String meter) {
    return rows.stream().anyMatch(row -> row.meter().equals(meter));
  }

  /** Values by window's start and groups; without top and gap filling. */
  Map<List<Object>, BigDecimal> usage(UsageQuery query, MeterDefinition definition) {
    Map<List<Object>, List<Entry>> cells = new HashMap<>();
    for (Entry row : rows) {
      Instant time = Instant.ofEpochMilli(row.time());
      if (row.meter().equals(query.meter())
          && !time.isBefore(query.from())
          && time.isBefore(query.to())
          && query.filters().entrySet().stream().allMatch(filter -> passes(row, filter))) {
        List<Object> key = new ArrayList<>();
        key.add(window(time, query));
        query.groupBy().forEach(name -> key.add(Objects.toString(member(row, name))));
        cells.computeIfAbsent(key, unknown -> new ArrayList<>()).add(row);
      }
    }
    Map<List<Object>, BigDecimal> values = new HashMap<>();
    cells.forEach(
        (key, entries) -> {
          BigDecimal value = aggregate(entries, definition);
          if (value != null) {
            values.put(key, value.stripTrailingZeros());
          }
        });
    return values;
  }

  /** The groups in the order of an answer: by name, or the greatest in the whole range first. */
  List<List<Object>> top(UsageQuery query, MeterDefinition definition) {
    UsageQuery whole =
        new UsageQuery(
            query.meter(),
            query.from(),
            query.to(),
            WindowSize.NONE,
            query.zone(),
            query.groupBy(),
            query.filters(),
            OptionalInt.empty(),
            false);
    Comparator<List<Object>> byNames =
        (a, b) -> {
          int i = 0;
          while (i < a.size() - 1 && a.get(i).equals(b.get(i))) {
            i++;
          }
          // Groups without a name come first.
          String one = String.valueOf(a.get(i));
          String other = String.valueOf(b.get(i));
          return (one.equals("null") ? "" : one).compareTo(other.equals("null") ? "" : other);
        };
    Map<List<Object>, BigDecimal> totals = usage(whole, definition);
    Comparator<List<Object>> order = byNames;
    if (query.top().isPresent()) {
      order =
          Comparator.<List<Object>, BigDecimal>comparing(totals::get)
              .reversed()
              .thenComparing(byNames);
    }
    return totals.keySet().stream()
        .sorted(order)
        .limit(query.top().orElse(Integer.MAX_VALUE))
        .map(key -> key.subList(1, key.size()))
        .toList();
  }

  private static boolean passes(Entry row, Map.Entry<String, Set<String>> filter) {
    String value = member(row, filter.getKey());
    return value != null && filter.getValue().contains(value);
  }

  private static @Nullable String member(Entry row, String name) {
    return name.equals(UsageQuery.CUSTOMER) ? row.customer() : row.dimensions().get(name);
  }

  private static String window(Instant time, UsageQuery query) {
    if (query.window() == WindowSize.NONE) {
      return "";
    }
    ZonedDateTime local = time.atZone(query.zone());
    return switch (query.window()) {
      case NONE -> "";
      case MINUTE -> local.truncatedTo(ChronoUnit.MINUTES).toInstant().toString();
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant().toString();
      case DAY -> local.toLocalDate().atStartOfDay(query.zone()).toInstant().toString();
      case WEEK ->
          local
              .toLocalDate()
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .atStartOfDay(query.zone())
              .toInstant()
              .toString();
      case MONTH ->
          local.toLocalDate().withDayOfMonth(1).atStartOfDay(query.zone()).toInstant().toString();
    };
  }

  private static @Nullable BigDecimal aggregate(List<Entry> entries, MeterDefinition definition) {
    Comparator<Entry> byValue = Comparator.comparing(Entry::value);
    BigDecimal sum = entries.stream().map(Entry::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    return switch (definition.aggregation()) {
      case SUM -> sum;
      case COUNT -> BigDecimal.valueOf(entries.size());
      case MIN -> entries.stream().min(byValue).orElseThrow().value();
      case MAX -> entries.stream().max(byValue).orElseThrow().value();
      case AVG -> sum.divide(BigDecimal.valueOf(entries.size()), MathContext.DECIMAL128);
      case LATEST ->
          entries.stream()
              .max(Comparator.comparingLong(Entry::time).thenComparing(byValue))
              .orElseThrow()
              .value();
      case UNIQUE_COUNT -> {
        Map<String, Boolean> seen = new TreeMap<>();
        for (Entry entry : entries) {
          String value = member(entry, definition.over());
          if (value != null) {
            seen.put(value, true);
          }
        }
        yield seen.isEmpty() ? null : BigDecimal.valueOf(seen.size());
      }
    };
  }

  /** A definition; UNIQUE_COUNT is over region. */
  static MeterDefinition define(String meter, Aggregation aggregation) {
    String over = aggregation == Aggregation.UNIQUE_COUNT ? "region" : "";
    return new MeterDefinition(meter, aggregation, over, "");
  }
}
