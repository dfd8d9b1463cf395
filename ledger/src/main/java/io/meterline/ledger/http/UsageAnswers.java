package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.meterline.core.json.JsonText;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.usage.CsvFields;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageCsv;
import io.meterline.ledger.usage.UsageJson;
import io.meterline.ledger.usage.UsageLimits;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Answers about usage. */
final class UsageAnswers {
  /** An answer is read by a browser: this much it can show. */
  private static final UsageLimits LIMITS = new UsageLimits(10_000, 100_000);

  private static final int MOST_GROUPS = 8;
  private static final int MOST_FILTERS = 100;
  private static final int MOST_METERS = 100;
  private static final int MOST_VALUES = 200;

  private final Ledger ledger;
  private final LedgerViews views;

  UsageAnswers(Ledger ledger, LedgerViews views) {
    this.ledger = ledger;
    this.views = views;
  }

  Response usage(HttpExchange exchange) throws Problem, IOException {
    Parameters given =
        Parameters.of(
            exchange.getRequestURI(),
            Set.of(
                "meter",
                "from",
                "to",
                "window",
                "zone",
                "group-by",
                "filter",
                "top",
                "fill",
                Parameters.SPREADSHEET));
    CsvFields fields = given.csvFields();
    Usage usage = ledger.usage(query(given), LIMITS);
    StringBuilder text = new StringBuilder();
    if (Accept.prefersCsv(exchange.getRequestHeaders().get("Accept"))) {
      UsageCsv.write(usage, fields, text);
      return Response.csv(text.toString());
    }
    UsageJson.write(usage, text);
    return Response.json(text.toString());
  }

  /** What each meter comes to in a range: of the busiest meters, of all customers or one. */
  Response totals(HttpExchange exchange) throws Problem, IOException {
    Parameters given =
        Parameters.of(exchange.getRequestURI(), Set.of("customerId", "from", "to", "zone"));
    Range range = Range.of(given);
    String customer = given.text("customerId", "");
    Map<String, Set<String>> filters =
        customer.isEmpty() ? Map.of() : Map.of(UsageQuery.CUSTOMER, Set.of(customer));
    List<String> totals = new ArrayList<>();
    for (LedgerViews.MeterRows meter :
        views.busiest(customer, range.from(), range.to(), MOST_METERS)) {
      Usage usage = ledger.usage(range.whole(meter.meter(), filters), LIMITS);
      JsonText json =
          new JsonText()
              .member("meter", meter.meter())
              .member("aggregation", usage.definition().aggregation().word())
              .member("unit", usage.definition().unit())
              .literal("rows", Long.toString(meter.rows()));
      String value = usage.rows().isEmpty() ? "" : usage.rows().getFirst().plainValue();
      totals.add(text(json.literal("value", value.isEmpty() ? "null" : value)));
    }
    String who = customer.isEmpty() ? "" : " of customer '" + customer + "'";
    return Response.list(
        "totals", totals, "no record%s from %s to %s".formatted(who, range.from(), range.to()));
  }

  /** What a meter's records can be grouped and filtered by. */
  Response dimensions(HttpExchange exchange) throws Problem, IOException {
    Parameters given =
        Parameters.of(exchange.getRequestURI(), Set.of("meter", "from", "to", "zone"));
    Range range = Range.of(given);
    List<String> dimensions = new ArrayList<>();
    for (LedgerViews.Dimension one :
        views.dimensions(given.required("meter"), range.from(), range.to(), MOST_VALUES)) {
      dimensions.add(text(new JsonText().member("name", one.name()).member("value", one.value())));
    }
    return Response.list("dimensions", dimensions);
  }

  private UsageQuery query(Parameters given) throws Problem {
    Range range = Range.of(given);
    String window = given.text("window", WindowSize.NONE.word());
    List<String> groups = names(given.text("group-by", ""));
    if (groups.size() > MOST_GROUPS) {
      throw Problem.badRequest(
          "group-by: %d names, and at most %d can be grouped by"
              .formatted(groups.size(), MOST_GROUPS));
    }
    try {
      return new UsageQuery(
          given.required("meter"),
          range.from(),
          range.to(),
          WindowSize.of(window)
              .orElseThrow(
                  () ->
                      Problem.badRequest(
                          "window: '%s' is not one of %s".formatted(window, WindowSize.words()))),
          range.zone(),
          groups,
          filters(given.all("filter")),
          given.text("top", "").isEmpty()
              ? OptionalInt.empty()
              : OptionalInt.of(given.number("top", 1, 1, LIMITS.maxRows())),
          given.flag("fill"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> names(String text) throws Problem {
    List<String> names = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    if (names.contains("")) {
      throw Problem.badRequest("group-by: '%s' has a name that is empty".formatted(text));
    }
    return names;
  }

  private static Map<String, Set<String>> filters(List<String> texts) throws Problem {
    if (texts.size() > MOST_FILTERS) {
      throw Problem.badRequest(
          "filter: %d of them, and at most %d are allowed".formatted(texts.size(), MOST_FILTERS));
    }
    Map<String, Set<String>> filters = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw Problem.badRequest(
            "filter: '%s' must be K=V, such as region=eu".formatted(Texts.shown(text)));
      }
      filters
          .computeIfAbsent(text.substring(0, equals), name -> new TreeSet<>())
          .add(text.substring(equals + 1));
    }
    return filters;
  }

  private static String text(JsonText json) {
    return new String(json.end(), UTF_8);
  }

  /** From when to when, in which zone. */
  private record Range(Instant from, Instant to, ZoneId zone) {
    static Range of(Parameters given) throws Problem {
      ZoneId zone = given.zone();
      Instant from = given.instant("from", given.required("from"), zone);
      Instant to = given.instant("to", given.required("to"), zone);
      if (!from.isBefore(to)) {
        throw Problem.badRequest("from %s is not before to %s".formatted(from, to));
      }
      return new Range(from, to, zone);
    }

    UsageQuery whole(String meter, Map<String, Set<String>> filters) {
      return new UsageQuery(
          meter, from, to, WindowSize.NONE, zone, List.of(), filters, OptionalInt.empty(), false);
    }
  }
}
