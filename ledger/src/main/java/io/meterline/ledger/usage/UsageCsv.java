package io.meterline.ledger.usage;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** An answer as CSV (RFC 4180, lines end in LF): window unless there is none, groups, value. */
public final class UsageCsv {
  /** Local time with its offset: the hour that comes twice in autumn is told apart. */
  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

  private UsageCsv() {}

  public static void write(Usage usage, Appendable out) throws IOException {
    boolean windows = usage.query().window() != WindowSize.NONE;
    if (windows) {
      out.append("window,");
    }
    for (String name : usage.query().groupBy()) {
      field(name, out);
      out.append(',');
    }
    out.append("value\n");
    for (Usage.Row row : usage.rows()) {
      if (windows) {
        out.append(window(row)).append(',');
      }
      for (String group : row.groups()) {
        field(group, out);
        out.append(',');
      }
      out.append(row.plainValue()).append('\n');
    }
  }

  /** When a row's window starts, such as {@code 2026-10-25T02:00:00+02:00}; empty for none. */
  public static String window(Usage.Row row) {
    ZonedDateTime start = row.window();
    return start == null ? "" : WINDOW.format(start);
  }

  private static void field(@Nullable String text, Appendable out) throws IOException {
    if (text == null) {
      return;
    }
    if (text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')) {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      out.append(text);
    }
  }
}
