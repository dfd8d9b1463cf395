package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.meterline.core.Reason;
import io.meterline.core.json.JsonText;
import io.meterline.ledger.Arrivals;
import io.meterline.ledger.Ledger;
import io.meterline.ledger.LedgerStatus;
import io.meterline.ledger.LedgerViews;
import io.meterline.ledger.RecordQuery;
import io.meterline.ledger.RecordsCsv;
import io.meterline.ledger.Rejections;
import io.meterline.ledger.StoredRecord;
import io.meterline.ledger.usage.CsvFields;
import io.meterline.ledger.usage.MeterDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Answers about what is there. */
final class ListAnswers {
  static final int MOST_LISTED = 1000;

  /** Deeper pages would sort more than memory is for; a range leads there as well. */
  private static final int MOST_SKIPPED = 100_000;

  private static final int MOST_MINUTES = 60 * 24 * 366;
  private static final int STRETCHES = 60;

  private final Ledger ledger;
  private final LedgerViews views;

  ListAnswers(Ledger ledger, LedgerViews views) {
    this.ledger = ledger;
    this.views = views;
  }

  Response meters(HttpExchange exchange) throws Problem, IOException {
    Parameters given = Parameters.of(exchange.getRequestURI(), Set.of("after", "limit"));
    List<String> meters = new ArrayList<>();
    for (MeterDefinition meter : views.meters(given.text("after", ""), limit(given))) {
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
    return Response.list("meters", meters);
  }

  Response customers(HttpExchange exchange) throws Problem, IOException {
    Parameters given = Parameters.of(exchange.getRequestURI(), Set.of("search", "after", "limit"));
    List<String> customers = new ArrayList<>();
    for (LedgerViews.Customer customer :
        views.customers(given.text("search", ""), given.text("after", ""), limit(given))) {
      customers.add(
          text(
              new JsonText()
                  .member("customerId", customer.name())
                  .literal("rows", Long.toString(customer.records()))
                  .literal("newestMillis", Long.toString(customer.newest()))));
    }
    return Response.list("customers", customers);
  }

  Response records(HttpExchange exchange) throws Problem, IOException {
    Parameters given =
        Parameters.of(
            exchange.getRequestURI(),
            Set.of(
                "meter",
                "customerId",
                "search",
                "from",
                "to",
                "zone",
                "skip",
                "limit",
                Parameters.SPREADSHEET));
    CsvFields fields = given.csvFields();
    ZoneId zone = given.zone();
    Instant from = given.instant("from", given.text("from", "1970-01-01"), zone);
    Instant to = given.instant("to", given.text("to", "9999-12-31"), zone);
    RecordQuery query =
        new RecordQuery(
            given.text("meter", ""),
            given.text("customerId", ""),
            given.text("search", ""),
            from,
            to,
            skip(given),
            limit(given));
    List<StoredRecord> records = ledger.records(query);
    if (Accept.prefersCsv(exchange.getRequestHeaders().get("Accept"))) {
      return Response.csv(RecordsCsv.of(records, fields));
    }
    return Response.list(
        "records",
        records.stream().map(StoredRecord::toJson).toList(),
        query.skip() > 0 ? "no more records" : "no record fits, from %s to %s".formatted(from, to));
  }

  Response status(HttpExchange exchange) throws Problem, IOException {
    Parameters.of(exchange.getRequestURI(), Set.of());
    LedgerStatus status = ledger.status();
    JsonText json = new JsonText();
    json.literal("objects", Long.toString(status.objects()));
    json.literal("records", Long.toString(status.records()));
    json.literal("rows", Long.toString(status.rows()));
    json.literal("duplicates", Long.toString(status.duplicates()));
    json.literal("conflicts", Long.toString(status.conflicts()));
    json.literal("quarantined", Long.toString(status.quarantined()));
    json.literal("undelivered", Long.toString(status.undelivered()));
    json.literal("meters", Long.toString(status.meters()));
    json.literal("customers", Long.toString(status.customers()));
    json.literal("oldestMillis", Long.toString(status.oldest()));
    json.literal("newestMillis", Long.toString(status.newest()));
    json.literal("loadedMillis", Long.toString(status.loadedAt()));
    json.literal("bytes", Long.toString(ledger.bytes()));
    json.literal("format", Integer.toString(status.format()));
    return Response.json(text(json));
  }

  /** How records came in during the last minutes, in sixty stretches. */
  Response arrivals(HttpExchange exchange) throws Problem, IOException {
    Parameters given = Parameters.of(exchange.getRequestURI(), Set.of("minutes"));
    int minutes = given.number("minutes", STRETCHES, 1, MOST_MINUTES);
    Duration stretch = Duration.ofMinutes(minutes).dividedBy(STRETCHES);
    Instant now = Instant.now();
    Arrivals arrivals =
        views.arrivals(
            now.minus(Duration.ofMinutes(minutes)).plus(stretch), now.plusMillis(1), stretch);
    List<String> counts = new ArrayList<>();
    for (Arrivals.Count count : arrivals.counts()) {
      counts.add(
          text(
              new JsonText()
                  .literal("atMillis", Long.toString(count.at()))
                  .literal("records", Long.toString(count.records()))
                  .literal("stored", Long.toString(count.stored()))
                  .literal("duplicates", Long.toString(count.duplicates()))
                  .literal("conflicts", Long.toString(count.conflicts()))
                  .literal("quarantined", Long.toString(count.quarantined()))));
    }
    JsonText json =
        new JsonText()
            .literal("fromMillis", Long.toString(arrivals.from().toEpochMilli()))
            .literal("stretchMillis", Long.toString(stretch.toMillis()))
            .literal("nowMillis", Long.toString(now.toEpochMilli()));
    json.literal(
        "lagMillis",
        arrivals.lagMillis().isPresent()
            ? Long.toString(arrivals.lagMillis().getAsLong())
            : "null");
    return Response.json(text(json.literal("counts", "[" + String.join(",\n", counts) + "]")));
  }

  Response quarantine(HttpExchange exchange) throws Problem, IOException {
    Parameters given = Parameters.of(exchange.getRequestURI(), Set.of("reason", "skip", "limit"));
    String reason = given.text("reason", "");
    checkReason(reason);
    List<String> entries = new ArrayList<>();
    for (Rejections.Quarantined entry : views.quarantined(reason, skip(given), limit(given))) {
      entries.add(
          text(
              new JsonText()
                  .member("object", entry.object())
                  .member("place", entry.place())
                  .literal("position", Integer.toString(entry.position()))
                  .member("reason", entry.reason())
                  .member("detail", entry.detail())
                  .member("text", entry.text())
                  .literal("textLength", Long.toString(entry.textLength()))
                  .literal("keptMillis", Long.toString(entry.keptAt()))));
    }
    List<String> undelivered = new ArrayList<>();
    for (Rejections.Undelivered entry : views.undelivered(reason, skip(given), limit(given))) {
      undelivered.add(undelivered(entry));
    }
    return Response.json(
        text(
            new JsonText()
                .literal("reasons", reasons(views.reasons()))
                .literal("quarantine", "[\n" + String.join(",\n", entries) + "]")
                .literal("undeliveredReasons", reasons(views.undeliveredReasons()))
                .literal("undelivered", "[\n" + String.join(",\n", undelivered) + "]")));
  }

  private static String undelivered(Rejections.Undelivered entry) {
    JsonText json =
        new JsonText()
            .member("object", entry.object())
            .member("place", entry.place())
            .literal("position", Integer.toString(entry.position()))
            .member("reason", entry.reason())
            .member("detail", entry.detail())
            .member("logGroup", entry.logGroup())
            .member("logStream", entry.logStream())
            .member("eventId", entry.eventId());
    if (entry.timestamp().isPresent()) {
      json.literal("timestampMillis", Long.toString(entry.timestamp().getAsLong()));
    }
    return text(
        json.member("text", entry.text())
            .literal("bytes", Long.toString(entry.bytes()))
            .literal("seenMillis", Long.toString(entry.seenAt())));
  }

  /** A reason is one of the contract's words, or one that a quarantine object brought. */
  private void checkReason(String reason) throws Problem, IOException {
    List<String> known = new ArrayList<>(Arrays.stream(Reason.values()).map(Reason::word).toList());
    if (reason.isEmpty() || known.contains(reason)) {
      return;
    }
    List<Rejections.ReasonCount> others = views.undeliveredReasons();
    if (others.stream().noneMatch(one -> one.reason().equals(reason))) {
      throw Problem.badRequest(
          "reason: '%s' is unknown. Known: %s".formatted(reason, String.join(", ", known)));
    }
  }

  private static String reasons(List<Rejections.ReasonCount> counts) {
    List<String> reasons = new ArrayList<>();
    for (Rejections.ReasonCount reason : counts) {
      reasons.add(
          text(
              new JsonText()
                  .member("reason", reason.reason())
                  .literal("count", Long.toString(reason.count()))));
    }
    return "[" + String.join(",", reasons) + "]";
  }

  Response conflicts(HttpExchange exchange) throws Problem, IOException {
    Parameters given = Parameters.of(exchange.getRequestURI(), Set.of("skip", "limit"));
    List<String> conflicts = new ArrayList<>();
    for (Rejections.Conflict one : views.conflicts(skip(given), limit(given))) {
      conflicts.add(
          text(
              new JsonText()
                  .member("object", one.object())
                  .literal("position", Integer.toString(one.position()))
                  .member("meterApiName", one.meter())
                  .member("customerId", one.customer())
                  .literal("meterTimeInMillis", Long.toString(one.time()))
                  .member("uniqueId", one.uniqueId())
                  .literal("meterValue", one.value())
                  .literal("dimensions", one.dimensions())
                  .member("reason", one.reason())
                  .member("detail", one.detail())));
    }
    return Response.list("conflicts", conflicts);
  }

  private static int skip(Parameters given) throws Problem {
    return given.number("skip", 0, 0, MOST_SKIPPED);
  }

  private static int limit(Parameters given) throws Problem {
    return given.number("limit", 100, 1, MOST_LISTED);
  }

  private static String text(JsonText json) {
    return new String(json.end(), UTF_8);
  }
}
