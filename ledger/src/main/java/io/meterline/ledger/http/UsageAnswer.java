package io.meterline.ledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.ledger.usage.Aggregation;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageQuery;
import io.meterline.ledger.usage.WindowSize;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question about usage as parameters of a request, and its answer as it was. */
final class UsageAnswer {
  private static final int LOCAL_TIME = "2026-10-25T02:00:00".length();

  private UsageAnswer() {}

  static String parameters(UsageQuery query) {
    StringBuilder text = new StringBuilder();
    add("meter", query.meter(), text);
    add("from", query.from().toString(), text);
    add("to", query.to().toString(), text);
    add("window", query.window().word(), text);
    add("zone", query.zone().getId(), text);
    if (!query.groupBy().isEmpty()) {
      add("group-by", String.join(",", query.groupBy()), text);
    }
    query
        .filters()
        .forEach((name, values) -> values.forEach(one -> add("filter", name + "=" + one, text)));
    query.top().ifPresent(top -> add("top", Integer.toString(top), text));
    add("fill", Boolean.toString(query.fill()), text);
    return text.toString();
  }

  private static void add(String name, String value, StringBuilder out) {
    out.append(out.isEmpty() ? "" : "&").append(name).append('=');
    out.append(URLEncoder.encode(value, UTF_8));
  }

  static Usage read(UsageQuery query, AnswerReader answer) throws IOException {
    Map<String, String> head = new HashMap<>();
    List<Usage.Row> rows = new ArrayList<>();
    try {
      answer.object(
          name -> {
            if (name.equals("rows")) {
              answer.array(element -> rows.add(row(query, answer)));
            } else {
              head.put(name, answer.text());
            }
          });
      Aggregation aggregation = Aggregation.valueOf(head.getOrDefault("aggregation", ""));
      // What it is over is no part of an answer.
      String over = aggregation == Aggregation.UNIQUE_COUNT ? UsageQuery.CUSTOMER : "";
      return new Usage(
          query,
          new MeterDefinition(query.meter(), aggregation, over, head.getOrDefault("unit", "")),
          rows,
          head.getOrDefault("note", ""));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("the answer is not what a ledger answers: " + e.getMessage(), e);
    }
  }

  /** Members come in the order of CSV's columns: a dimension may be called as another member is. */
  private static Usage.Row row(UsageQuery query, AnswerReader answer) throws IOException {
    List<@Nullable String> cells = new ArrayList<>();
    answer.object(name -> cells.add(answer.value()));
    boolean hasWindow = query.window() != WindowSize.NONE;
    int groups = hasWindow ? 1 : 0;
    if (cells.size() != groups + query.groupBy().size() + 1) {
      throw new IOException("the answer is not what a ledger answers: a row of " + cells.size());
    }
    String value = cells.getLast();
    return new Usage.Row(
        hasWindow ? start(query, String.valueOf(cells.getFirst())) : null,
        Collections.unmodifiableList(new ArrayList<>(cells.subList(groups, cells.size() - 1))),
        value == null ? null : new BigDecimal(value));
  }

  private static ZonedDateTime start(UsageQuery query, String text) {
    LocalDateTime local =
        LocalDateTime.parse(text.substring(0, Math.min(LOCAL_TIME, text.length())));
    // The offset tells the two hours apart that a clock shows twice.
    return ZonedDateTime.ofLocal(
        local, query.zone(), ZoneOffset.of(text.substring(Math.min(LOCAL_TIME, text.length()))));
  }
}
