package io.meterline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.ledger.store.WriterBounds;
import io.meterline.ledger.usage.Aggregation;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The ledger against the {@link Model}: random records, bounds, questions. */
final class LedgerModelTest {
  private static final Instant START = Instant.parse("2026-10-20T00:00:00Z");
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "America/Sao_Paulo");

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "1.10",
          "1.1",
          "2e2",
          "0.000000000001",
          "99999999999999999",
          "123456789012345678901234567890",
          "-99999999999999999999999999999999999999",
          "1e-38",
          "0.30000000000000004",
          "7.5E+3");

  private static final List<String> IDS = List.of("", "a", "b", "0123456789abcdef0123456789abcdef");

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void theLedgerAnswersAsAListInMemoryDoes(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path folder = Files.createTempDirectory("ledger");
    // Small bounds take the ways that great loads take: spills, and names looked up in the file.
    int bytes = seed % 2 == 0 ? 1_000_000 : 1 + new Random(~seed).nextInt(200);
    WriterBounds bounds = new WriterBounds(1 + random.nextInt(30), 1 + random.nextInt(5), bytes);
    LedgerSettings settings =
        new LedgerSettings("200MB", 2, bounds, Limits.DEFAULT, InstantSource.system());
    try (Ledger ledger = Ledger.open(folder.resolve("ledger"), settings)) {
      Model model = new Model();
      LoadReport sum = new LoadReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      for (int round = 0; round < 3; round++) {
        MemoryPlace place = new MemoryPlace();
        for (int object = 0; object < 1 + random.nextInt(4); object++) {
          place.put("%d-%d.ndjson".formatted(round, object), body(random, model));
        }
        LoadReport report = ledger.load(place, LoadListener.NONE);
        sum = plus(sum, report);
      }
      assertThat(List.of(sum.stored(), sum.duplicates(), sum.conflicts()))
          .as("stored, duplicates, conflicts")
          .isEqualTo(List.of(model.stored(), model.duplicates(), model.conflicts()));
      for (int question = 0; question < 12; question++) {
        ask(random, ledger, model);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
      }
    }
  }

  /** Its conflict was taken for a new record: its customer had two numbers for a while. */
  @Example
  void aRecordOfACustomerWhoseNameWasForgottenIsAConflictStill() throws IOException {
    theLedgerAnswersAsAListInMemoryDoes(-11138732L);
  }

  private static void ask(Random random, Ledger ledger, Model model) throws IOException {
    UsageQuery query = query(random);
    if (!model.has(query.meter())) {
      return;
    }
    Aggregation aggregation = pick(random, List.of(Aggregation.values()));
    MeterDefinition definition = Model.define(query.meter(), aggregation);
    ledger.define(List.of(definition));
    Map<List<Object>, BigDecimal> expected = model.usage(query, definition);
    List<List<Object>> top = model.top(query, definition);
    expected.keySet().removeIf(key -> !top.contains(key.subList(1, key.size())));
    Usage usage = ledger.usage(query, UsageLimits.DEFAULT);
    Map<List<Object>, BigDecimal> found = new HashMap<>();
    for (Usage.Row row : usage.rows()) {
      List<Object> key = new ArrayList<>();
      key.add(row.window() == null ? "" : row.window().toInstant().toString());
      row.groups().forEach(group -> key.add(Objects.toString(group)));
      BigDecimal value = row.value();
      // A gap that was filled says nothing.
      if (value != null && (value.signum() != 0 || expected.containsKey(key))) {
        assertThat(found.put(key, value.stripTrailingZeros())).as("told twice").isNull();
      }
    }
    assertThat(found).as("%s %s", query, aggregation).isEqualTo(expected);
    assertThat(order(usage, top)).as("order of %s", query).isSorted();
  }

  /** By time, then as the groups are among those asked for. */
  private static List<String> order(Usage usage, List<List<Object>> groups) {
    return usage.rows().stream()
        .map(
            row ->
                "%020d %05d"
                    .formatted(
                        row.window() == null ? 0 : row.window().toInstant().toEpochMilli(),
                        groups.indexOf(
                            row.groups().stream()
                                .map(name -> (Object) String.valueOf(name))
                                .toList())))
        .toList();
  }

  private static UsageQuery query(Random random) {
    Instant from = START.plusSeconds(random.nextInt(20 * 86_400));
    List<String> groupBy = new ArrayList<>();
    Stream.of("customerId", "region", "tier")
        .filter(name -> random.nextInt(3) == 0)
        .forEach(groupBy::add);
    Map<String, Set<String>> filters = new LinkedHashMap<>();
    if (random.nextInt(3) == 0) {
      filters.put("customerId", Set.copyOf(List.of("c1", "c" + random.nextInt(4))));
    }
    if (random.nextInt(3) == 0) {
      filters.put("region", Set.of("eu"));
    }
    WindowSize window = pick(random, List.of(WindowSize.values()));
    return new UsageQuery(
        "m" + random.nextInt(3),
        from,
        from.plusSeconds(1 + random.nextInt(window == WindowSize.MINUTE ? 86_400 : 20 * 86_400)),
        window,
        ZoneId.of(pick(random, ZONES)),
        groupBy,
        filters,
        random.nextInt(4) == 0 ? OptionalInt.of(1 + random.nextInt(3)) : OptionalInt.empty(),
        random.nextInt(4) == 0);
  }

  private static String body(Random random, Model model) {
    StringBuilder body = new StringBuilder();
    int records = random.nextInt(60);
    for (int i = 0; i < records; i++) {
      String customer = "c" + random.nextInt(4);
      long time = START.toEpochMilli() + random.nextInt(40) * 9_000_000L * 5;
      String id = pick(random, IDS);
      Map<String, String> dimensions = new TreeMap<>();
      if (random.nextBoolean()) {
        dimensions.put("region", pick(random, List.of("eu", "us", "ü\"\\,")));
      }
      if (random.nextInt(3) == 0) {
        dimensions.put("tier", Integer.toString(random.nextInt(3)));
      }
      Map<String, String> values = new TreeMap<>();
      int meters = 1 + random.nextInt(2);
      for (int m = 0; m < meters; m++) {
        values.put("m" + random.nextInt(3), pick(random, VALUES));
      }
      values.forEach(
          (meter, value) ->
              model.add(
                  new Model.Entry(meter, customer, time, new BigDecimal(value), id, dimensions)));
      body.append(Records.json(values, customer, time, id, dimensions)).append('\n');
    }
    return body.toString();
  }

  private static LoadReport plus(LoadReport a, LoadReport b) {
    return new LoadReport(
        a.objects() + b.objects(),
        a.alreadyThere() + b.alreadyThere(),
        a.broken() + b.broken(),
        a.failed() + b.failed(),
        a.records() + b.records(),
        a.stored() + b.stored(),
        a.duplicates() + b.duplicates(),
        a.conflicts() + b.conflicts(),
        a.quarantined() + b.quarantined(),
        a.undelivered() + b.undelivered());
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
