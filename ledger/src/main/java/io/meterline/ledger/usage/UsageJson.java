package io.meterline.ledger.usage;

import io.meterline.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as one JSON object; values are numbers with all their digits. */
public final class UsageJson {
  private static final int BUFFER_CHARS = 16 * 1024;

  private UsageJson() {}

  public static void write(Usage usage, Appendable out) throws IOException {
    UsageQuery query = usage.query();
    MeterDefinition definition = usage.definition();
    StringBuilder text = new StringBuilder("{");
    JsonText head =
        new JsonText()
            .member("meter", query.meter())
            .member("aggregation", definition.aggregation().word())
            .member("unit", definition.unit())
            .member("from", query.from().toString())
            .member("to", query.to().toString())
            .member("window", query.window().word())
            .member("zone", query.zone().getId());
    if (!usage.note().isEmpty()) {
      head.member("note", usage.note());
    }
    text.append(members(head));
    text.append("\"rows\":[");
    // Rows of one window, and of one group, share what names it: that is written out once.
    IdentityHashMap<List<@Nullable String>, String> groups = new IdentityHashMap<>();
    IdentityHashMap<ZonedDateTime, String> starts = new IdentityHashMap<>();
    String before = "\n{";
    for (Usage.Row row : usage.rows()) {
      text.append(before);
      if (row.window() != null) {
        text.append(
            starts.computeIfAbsent(
                row.window(),
                start -> members(new JsonText().member("window", UsageCsv.window(row)))));
      }
      String members = groups.get(row.groups());
      if (members == null) {
        members = groups(query.groupBy(), row.groups());
        groups.put(row.groups(), members);
      }
      text.append(members);
      text.append("\"value\":").append(row.value() == null ? "null" : row.plainValue()).append('}');
      before = ",\n{";
      if (text.length() > BUFFER_CHARS) {
        out.append(text);
        text.setLength(0);
      }
    }
    out.append(text.append("]}\n"));
  }

  private static String groups(List<String> by, List<@Nullable String> names) {
    JsonText json = new JsonText();
    for (int i = 0; i < by.size(); i++) {
      String name = names.get(i);
      if (name == null) {
        json.literal(by.get(i), "null");
      } else {
        json.member(by.get(i), name);
      }
    }
    return members(json);
  }

  /** What is in the object's braces, with a comma after; nothing for none. */
  private static String members(JsonText json) {
    String object = new String(json.end(), StandardCharsets.UTF_8);
    return object.equals("{}") ? "" : object.substring(1, object.length() - 1) + ",";
  }
}
