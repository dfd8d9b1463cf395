package io.meterline.cli;

import io.meterline.ledger.usage.Usage;
import io.meterline.ledger.usage.UsageCsv;
import io.meterline.ledger.usage.WindowSize;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as a table for a person, with a bar for each value where there is a terminal. */
final class UsageTable {
  private static final int BAR_WIDTH = 30;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final Usage usage;
  private final boolean bars;
  private final boolean windows;

  UsageTable(Usage usage, boolean bars) {
    this.usage = usage;
    this.bars = bars;
    this.windows = usage.query().window() != WindowSize.NONE;
  }

  void write(PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header());
    usage.rows().forEach(row -> lines.add(cells(row)));
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    BigDecimal greatest = greatest();
    for (int n = 0; n < lines.size(); n++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        boolean isValue = i == columns - 1;
        String cell = lines.get(n).get(i);
        String space = " ".repeat(widths[i] - cell.length());
        text.append(isValue ? space + cell : cell + space + "  ");
      }
      if (bars && n > 0) {
        text.append("  ").append(bar(usage.rows().get(n - 1).value(), greatest));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private List<String> header() {
    List<String> cells = new ArrayList<>();
    if (windows) {
      cells.add("window");
    }
    cells.addAll(usage.query().groupBy());
    String unit = usage.definition().unit();
    cells.add(unit.isEmpty() ? "value" : "value (" + unit + ")");
    return cells;
  }

  private List<String> cells(Usage.Row row) {
    List<String> cells = new ArrayList<>();
    if (windows) {
      cells.add(UsageCsv.window(row));
    }
    row.groups().forEach(group -> cells.add(group == null ? "-" : shown(group)));
    cells.add(row.value() == null ? "-" : row.plainValue());
    return cells;
  }

  /** A name as it can be in a terminal: without what would steer it. */
  private static String shown(String name) {
    return name.codePoints().anyMatch(Character::isISOControl)
        ? name.replaceAll("\\p{Cntrl}", "\ufffd")
        : name;
  }

  private BigDecimal greatest() {
    BigDecimal greatest = BigDecimal.ZERO;
    for (Usage.Row row : usage.rows()) {
      BigDecimal value = row.value();
      greatest = value == null ? greatest : greatest.max(value);
    }
    return greatest;
  }

  private static String bar(@Nullable BigDecimal value, BigDecimal greatest) {
    if (value == null || value.signum() <= 0) {
      return "";
    }
    int eighths =
        value
            .multiply(BigDecimal.valueOf(8L * BAR_WIDTH))
            .divide(greatest, 0, RoundingMode.HALF_UP)
            .intValue();
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + rest;
  }
}
