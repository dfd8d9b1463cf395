package io.meterline.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A balance as a table for a terminal. */
final class Table {
  private Table() {}

  static List<String> lines(Balance balance) {
    List<String> lines = new ArrayList<>();
    String head = row("way", "sent", "delivered", "quarantined", "duplicates", "p50", "p99");
    lines.add(head);
    lines.add("-".repeat(head.length()));
    for (Balance.Row row : balance.rows()) {
      boolean timed = row.delivered() > 0;
      lines.add(
          row(
              row.way().word(),
              row.sent(),
              row.delivered(),
              row.quarantined(),
              row.duplicates(),
              timed ? time(row.p50()) : "-",
              timed ? time(row.p99()) : "-"));
    }
    return lines;
  }

  private static String row(Object... cells) {
    return "%-18s %8s %10s %12s %11s %9s %9s".formatted(cells);
  }

  private static String time(Duration duration) {
    return duration.toMillis() < 1000
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1e3);
  }
}
