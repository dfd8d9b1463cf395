package io.meterline.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.ledger.usage.BadQuery;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopGroupsTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final int HOURS = 5;
  private static final int CUSTOMERS = 20;

  @TempDir private Path folder;
  private Ledger ledger;

  @BeforeEach
  void load() throws IOException {
    ledger = Ledger.open(folder.resolve("ledger"), LedgerSettings.DEFAULT);
    String body =
        IntStream.range(0, HOURS * CUSTOMERS)
            .mapToObj(TopGroupsTest::record)
            .collect(Collectors.joining("\n"));
    ledger.load(new MemoryPlace().put("all.ndjson", body), LoadListener.NONE);
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
  }

  /** Customer {@code i} has the value {@code i} in each hour. */
  private static String record(int number) {
    int customer = number % CUSTOMERS;
    long time = START.plus(Duration.ofHours(number / CUSTOMERS)).toEpochMilli();
    return Records.json("m", "c" + customer, time, String.valueOf(customer), "id" + number);
  }

  @Test
  void whatIsNotAmongTheTopDoesNotCountTowardsTheLimitOfRows() throws IOException {
    Usage usage = ledger.usage(byHour(OptionalInt.of(2)), rows(CUSTOMERS));
    assertThat(usage.rows()).hasSize(HOURS * 2);
    assertThat(usage.rows())
        .extracting(Usage.Row::groups)
        .containsOnly(List.of("c19"), List.of("c18"));
    assertThat(usage.rows().getFirst().groups()).containsExactly("c19");
  }

  @Test
  void theTopItselfIsLimited() {
    assertThatThrownBy(() -> ledger.usage(byHour(OptionalInt.of(5)), rows(CUSTOMERS)))
        .isInstanceOf(BadQuery.class)
        .hasMessageContaining("more than 20 rows");
  }

  @Test
  void withoutTopAllGroupsCountTowardsTheLimit() {
    assertThatThrownBy(() -> ledger.usage(byHour(OptionalInt.empty()), rows(CUSTOMERS)))
        .isInstanceOf(BadQuery.class)
        .hasMessageContaining("more than 20 rows");
  }

  private static UsageLimits rows(int most) {
    return new UsageLimits(1000, most);
  }

  private static UsageQuery byHour(OptionalInt top) {
    return new UsageQuery(
        "m",
        START,
        START.plus(Duration.ofHours(HOURS)),
        WindowSize.HOUR,
        ZoneOffset.UTC,
        List.of(UsageQuery.CUSTOMER),
        Map.of(),
        top,
        false);
  }
}
