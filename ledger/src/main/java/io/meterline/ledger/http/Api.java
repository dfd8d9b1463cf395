package io.meterline.ledger.http;

import io.meterline.json.JsonText;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerStatus;
import io.meterline.ledger.RecordQuery;
import io.meterline.ledger.StoredRecord;
import io.meterline.ledger.body.BrokenBody;
import io.meterline.ledger.store.Tally;
import io.meterline.ledger.usage.BadQuery;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageCsv;
import io.meterline.ledger.usage.UsageJson;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the ledger answers over HTTP. */
final class Api {
  /** An answer is read by a browser: this much it can show. */
  private static final UsageLimits LIMITS = new UsageLimits(10_000, 100_000);

  private static final int MOST_LISTED = 1000;

  private final Ledger ledger;

  Api(Ledger ledger) {
    this.ledger = ledger;
  }

  Answer usage(URI uri, boolean csv) throws Problem, IOException {
    Parameters given =
        Parameters.of(
            uri,
            Set.of("meter", "from", "to", "window", "zone", "group-by", "filter", "top", "fill"));
    ZoneId zone = given.zone();
    String window = given.text("window", WindowSize.NONE.word());
    UsageQuery query;
    try {
      query =
          new UsageQuery(
              given.required("meter"),
              given.instant("from", given.required("from"), zone),
              given.instant("to", given.required("to"), zone),
              WindowSize.of(window)
                  .orElseThrow(
                      () ->
                          Problem.badRequest(
                              "window: '%s' is none of %s".formatted(window, WindowSize.words()))),
              zone,
              names(given.text("group-by", "")),
              filters(given.all("filter")),
              given.text("top", "").isEmpty()
                  ? OptionalInt.empty()
                  : OptionalInt.of(given.number("top", 1, 1, LIMITS.maxRows())),
              Boolean.parseBoolean(given.text("fill", "false")));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
    try {
      Usage usage = ledger.usage(query, LIMITS);
      StringBuilder text = new StringBuilder();
      if (csv) {
        UsageCsv.write(usage, text);
        return Answer.csv(text.toString());
      }
      UsageJson.write(usage, text);
      return Answer.json(text.toString());
    } catch (BadQuery e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> names(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  private static Map<String, Set<String>> filters(List<String> texts) throws Problem {
    Map<String, Set<String>> filters = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw Problem.badRequest("filter: '%s' must be K=V, such as region=eu".formatted(text));
      }
      filters
          .computeIfAbsent(text.substring(0, equals), name -> new TreeSet<>())
          .add(text.substring(equals + 1));
    }
    return filters;
  }

  Answer meters(URI uri) throws Problem, IOException {
    Parameters.of(uri, Set.of());
    List<String> meters = new ArrayList<>();
    for (MeterDefinition meter : ledger.meters()) {
      JsonText json =
          new JsonText()
              .member("meter", meter.meter())
              .member("aggregation", meter.aggregation().word())
              .member("unit", meter.unit());
      if (!meter.over().isEmpty()) {
        json.member("over", meter.over());
      }
      meters.add(text(json));
    }
    return list("meters", meters);
  }

  Answer customers(URI uri) throws Problem, IOException {
    Parameters given = Parameters.of(uri, Set.of("after", "limit"));
    List<String> customers =
        ledger.customers(given.text("after", ""), given.number("limit", 100, 1, MOST_LISTED));
    return list(
        "customers",
        customers.stream().map(name -> text(new JsonText().member("customerId", name))).toList());
  }

  Answer records(URI uri) throws Problem, IOException {
    Parameters given =
        Parameters.of(uri, Set.of("meter", "customerId", "from", "to", "zone", "skip", "limit"));
    ZoneId zone = given.zone();
    String from = given.text("from", "1970-01-01");
    String to = given.text("to", "9999-12-31");
    Instant start = given.instant("from", from, zone);
    Instant end = given.instant("to", to, zone);
    RecordQuery query =
        new RecordQuery(
            given.text("meter", ""),
            given.text("customerId", ""),
            start,
            end,
            given.number("skip", 0, 0, Integer.MAX_VALUE),
            given.number("limit", 100, 1, MOST_LISTED));
    return list("records", ledger.records(query).stream().map(StoredRecord::toJson).toList());
  }

  Answer status(URI uri) throws Problem, IOException {
    Parameters.of(uri, Set.of());
    LedgerStatus status = ledger.status();
    JsonText json = new JsonText();
    json.literal("objects", Long.toString(status.objects()));
    json.literal("records", Long.toString(status.records()));
    json.literal("rows", Long.toString(status.rows()));
    json.literal("duplicates", Long.toString(status.duplicates()));
    json.literal("conflicts", Long.toString(status.conflicts()));
    json.literal("quarantined", Long.toString(status.quarantined()));
    json.literal("meters", Long.toString(status.meters()));
    json.literal("customers", Long.toString(status.customers()));
    json.literal("oldestMillis", Long.toString(status.oldest()));
    json.literal("newestMillis", Long.toString(status.newest()));
    json.literal("loadedMillis", Long.toString(status.loadedAt()));
    return Answer.json(text(json));
  }

  /** Answers for each record, in the order in which they stand in the body. */
  Answer ingest(byte[] body) throws Problem, IOException {
    try {
      Map<Integer, Tally.Answer> answers = ledger.ingest("http/" + UUID.randomUUID(), body);
      return list(
          "records",
          answers.values().stream()
              .map(
                  one -> text(new JsonText().member("status", one.name().toLowerCase(Locale.ROOT))))
              .toList());
    } catch (BrokenBody e) {
      throw Problem.badRequest(e.reason().word() + ": " + e.detail());
    }
  }

  private static Answer list(String name, List<String> objects) {
    return Answer.json(
        objects.stream().collect(Collectors.joining(",\n", "{\"" + name + "\":[\n", "]}\n")));
  }

  private static String text(JsonText json) {
    return new String(json.end(), StandardCharsets.UTF_8);
  }
}
