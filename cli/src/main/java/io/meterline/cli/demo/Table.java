package io.meterline.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A balance as a table for a terminal. */
final class Table {
  private static final int USUAL_WIDTH = 18;

  private final int width;

  private Table(int width) {
    this.width = width;
  }

  static List<String> lines(Reconciliation balance) {
    int width =
        Stream.of(balance.rows(), balance.rules())
            .flatMap(List::stream)
            .mapToInt(row -> row.name().length())
            .max()
            .orElse(0);
    Table table = new Table(Math.max(width, USUAL_WIDTH));
    List<String> lines = new ArrayList<>(table.part("way", "sent", balance.rows()));
    if (!balance.rules().isEmpty()) {
      lines.add("");
      lines.addAll(table.part("rule", "to make", balance.rules()));
    }
    return lines;
  }

  private List<String> part(String name, String left, List<Reconciliation.Row> rows) {
    List<String> lines = new ArrayList<>();
    String head = row(name, left, "delivered", "quarantined", "duplicates", "p50", "p99");
    lines.add(head);
    lines.add("-".repeat(head.length()));
    for (Reconciliation.Row row : rows) {
      boolean timed = row.delivered() > 0;
      lines.add(
          row(
              row.name(),
              row.sent(),
              row.delivered(),
              row.quarantined(),
              row.duplicates(),
              timed ? time(row.p50()) : "-",
              timed ? time(row.p99()) : "-"));
    }
    return lines;
  }

  private String row(Object... cells) {
    return ("%-" + width + "s %8s %10s %12s %11s %9s %9s").formatted(cells);
  }

  private static String time(Duration duration) {
    return duration.toMillis() < 1000
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1e3);
  }
}
