package io.meterline.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Writes the figures as tables into a page of the docs, between two marks. */
final class LedgerTables {
  private static final String START = "<!-- ledger figures: benchmarks/ledger writes them -->\n";
  private static final String END = "<!-- end of ledger figures -->";
  private static final List<String> STORES = List.of("Meterline", "SQLite", "PostgreSQL");

  /** Below, the start of a process is all that is seen. */
  private static final long LEAST_RECORDS = 1_000_000;

  private final long records;
  private final Map<String, Double> figures;
  private final StringBuilder text = new StringBuilder();

  private LedgerTables(long records, Map<String, Double> figures) {
    this.records = records;
    this.figures = figures;
  }

  /** The file of figures, and the page. */
  public static void main(String[] arguments) throws IOException {
    write(Files.readAllLines(Path.of(arguments[0])), Path.of(arguments[1]));
  }

  static void write(List<String> lines, Path page) throws IOException {
    String before = Files.readString(page);
    int start = before.indexOf(START);
    int end = before.indexOf(END);
    if (start < 0 || end < start) {
      throw new IOException(page + ": there are no marks between which the figures belong");
    }
    StringBuilder tables = new StringBuilder();
    bySize(lines)
        .tailMap(LEAST_RECORDS)
        .forEach((records, figures) -> tables.append(new LedgerTables(records, figures).table()));
    Files.writeString(
        page, before.substring(0, start + START.length()) + tables + "\n" + before.substring(end));
  }

  private static SortedMap<Long, Map<String, Double>> bySize(List<String> lines) {
    SortedMap<Long, Map<String, Double>> sizes = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      sizes
          .computeIfAbsent(Long.valueOf(fields[1]), size -> new HashMap<>())
          .put(fields[0] + "," + fields[2], Double.valueOf(fields[3]));
    }
    return sizes;
  }

  private String table() {
    text.append("\n%,d records:\n\n".formatted(records));
    text.append("| | ").append(String.join(" | ", STORES)).append(" |\n");
    text.append("| --- |").append(" --- |".repeat(STORES.size())).append('\n');
    row("load", Measures.LOAD, this::seconds);
    row("load again, all duplicates", Measures.LOAD_AGAIN, this::seconds);
    row("load, processor time", Measures.LOAD_PROCESSOR, LedgerTables::plainSeconds);
    row("load again, processor time", Measures.LOAD_AGAIN_PROCESSOR, LedgerTables::plainSeconds);
    for (Question question : Question.values()) {
      row(question.words(), Measures.milliseconds(question), LedgerTables::milliseconds);
    }
    row("the page's first view: its requests", Measures.OVERVIEW, LedgerTables::milliseconds);
    row("on disk", Measures.BYTES, LedgerTables::megabytes);
    row("memory at most", Measures.PEAK_MEMORY, LedgerTables::megabytes);
    return text.toString();
  }

  private void row(String words, String measure, DoubleFunction<String> form) {
    text.append("| ").append(words);
    for (String store : STORES) {
      @Nullable Double value = figures.get(store + "," + measure);
      text.append(" | ").append(value == null ? "" : form.apply(value));
    }
    text.append(" |\n");
  }

  private String seconds(double value) {
    return "%s (%,.0f records/s)".formatted(plainSeconds(value), records / value);
  }

  private static String plainSeconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }

  private static String milliseconds(double value) {
    return value < 1 ? "below 1 ms" : String.format(Locale.ROOT, "%,.0f ms", value);
  }

  private static String megabytes(double value) {
    return String.format(Locale.ROOT, "%,.0f MB", value / 1e6);
  }
}
