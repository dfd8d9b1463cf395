package io.meterline.ledger.usage;

import io.meterline.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer as one JSON object; values are numbers with all their digits. */
public final class UsageJson {
  private UsageJson() {}

  public static void write(Usage usage, Appendable out) throws IOException {
    UsageQuery query = usage.query();
    MeterDefinition definition = usage.definition();
    String head =
        text(
            new JsonText()
                .member("meter", query.meter())
                .member("aggregation", definition.aggregation().word())
                .member("unit", definition.unit())
                .member("from", query.from().toString())
                .member("to", query.to().toString())
                .member("window", query.window().word())
                .member("zone", query.zone().getId()));
    out.append(head, 0, head.length() - 1).append(",\"rows\":[");
    String before = "\n";
    for (Usage.Row row : usage.rows()) {
      out.append(before).append(row(usage, row));
      before = ",\n";
    }
    out.append("]}\n");
  }

  private static String row(Usage usage, Usage.Row row) {
    JsonText json = new JsonText();
    if (row.window() != null) {
      json.member("window", UsageCsv.window(row));
    }
    List<String> names = usage.query().groupBy();
    for (int i = 0; i < names.size(); i++) {
      String group = row.groups().get(i);
      if (group == null) {
        json.literal(names.get(i), "null");
      } else {
        json.member(names.get(i), group);
      }
    }
    return text(json.literal("value", row.value() == null ? "null" : row.plainValue()));
  }

  private static String text(JsonText json) {
    return new String(json.end(), StandardCharsets.UTF_8);
  }
}
