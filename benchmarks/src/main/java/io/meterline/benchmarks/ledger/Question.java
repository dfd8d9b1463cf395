package io.meterline.benchmarks.ledger;

import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What every store is asked. */
enum Question {
  /** All records there are: at ten million, 744,000 sums. */
  BY_CUSTOMER_AND_HOUR("by customer and hour"),
  /** One record of a thousand. */
  CUSTOMERS_MONTH("one customer's month by day"),
  /** One record of thirty-one. */
  DAY_BY_CUSTOMER("one day by customer");

  private static final Instant DAY = Instant.parse("2026-10-15T00:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  private final String words;

  Question(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  UsageQuery usage() {
    return switch (this) {
      case BY_CUSTOMER_AND_HOUR ->
          usage(
              BenchmarkRecords.FROM,
              BenchmarkRecords.TO,
              WindowSize.HOUR,
              List.of(UsageQuery.CUSTOMER),
              Map.of());
      case CUSTOMERS_MONTH ->
          usage(
              BenchmarkRecords.FROM,
              BenchmarkRecords.TO,
              WindowSize.DAY,
              List.of(),
              Map.of(UsageQuery.CUSTOMER, Set.of(BenchmarkRecords.CUSTOMER)));
      case DAY_BY_CUSTOMER ->
          usage(DAY, NEXT_DAY, WindowSize.NONE, List.of(UsageQuery.CUSTOMER), Map.of());
    };
  }

  private static UsageQuery usage(
      Instant from,
      Instant to,
      WindowSize window,
      List<String> groupBy,
      Map<String, Set<String>> filters) {
    return new UsageQuery(
        BenchmarkRecords.METER,
        from,
        to,
        window,
        ZoneOffset.UTC,
        groupBy,
        filters,
        OptionalInt.empty(),
        false);
  }

  /** The same in the SQL that all databases share. */
  String sql() {
    return switch (this) {
      case BY_CUSTOMER_AND_HOUR ->
          select(
              "time / 3600000 AS hour, customer, ",
              BenchmarkRecords.FROM,
              BenchmarkRecords.TO,
              " GROUP BY hour, customer ORDER BY hour, customer");
      case CUSTOMERS_MONTH ->
          select(
              "time / 86400000 AS day, ",
              BenchmarkRecords.FROM,
              BenchmarkRecords.TO,
              " AND customer = '%s' GROUP BY day ORDER BY day"
                  .formatted(BenchmarkRecords.CUSTOMER));
      case DAY_BY_CUSTOMER ->
          select("customer, ", DAY, NEXT_DAY, " GROUP BY customer ORDER BY customer");
    };
  }

  private static String select(String columns, Instant from, Instant to, String rest) {
    return "SELECT %ssum(value) FROM record WHERE meter = '%s' AND time >= %d AND time < %d%s"
        .formatted(columns, BenchmarkRecords.METER, from.toEpochMilli(), to.toEpochMilli(), rest);
  }
}
