package io.meterline.ledger.usage;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as CSV (RFC 4180, lines end in LF): window unless there is none, groups, value. */
public final class UsageCsv {
  /** Local time with its offset: the hour that comes twice in autumn is told apart. */
  static final DateTimeFormatter WINDOW = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

  private static final int BUFFER_CHARS = 16 * 1024;

  private UsageCsv() {}

  public static void write(Usage usage, CsvFields form, Appendable out) throws IOException {
    boolean windows = usage.query().window() != WindowSize.NONE;
    StringBuilder text = new StringBuilder(windows ? "window," : "");
    text.append(fields(form, usage.query().groupBy())).append("value\n");
    // Rows of one window, and of one group, share what names it: that is written out once.
    IdentityHashMap<List<@Nullable String>, String> groups = new IdentityHashMap<>();
    IdentityHashMap<ZonedDateTime, String> starts = new IdentityHashMap<>();
    for (Usage.Row row : usage.rows()) {
      ZonedDateTime start = row.window();
      if (windows) {
        text.append(start == null ? "" : starts.computeIfAbsent(start, WINDOW::format)).append(',');
      }
      text.append(groups.computeIfAbsent(row.groups(), names -> fields(form, names)));
      text.append(row.plainValue()).append('\n');
      if (text.length() > BUFFER_CHARS) {
        out.append(text);
        text.setLength(0);
      }
    }
    out.append(text);
  }

  /** When a row's window starts, such as {@code 2026-10-25T02:00:00+02:00}; empty for none. */
  public static String window(Usage.Row row) {
    ZonedDateTime start = row.window();
    return start == null ? "" : WINDOW.format(start);
  }

  private static String fields(CsvFields form, List<? extends @Nullable String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      form.text(name, text);
      text.append(',');
    }
    return text.toString();
  }
}
