package io.meterline.benchmarks.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** Figures as lines of CSV: store, records, measure, value. */
final class Measures {
  static final String HEADER = "store,records,measure,value";
  static final String LOAD = "load s";
  static final String LOAD_AGAIN = "load again s";
  static final String LOAD_PROCESSOR = "load processor s";
  static final String LOAD_AGAIN_PROCESSOR = "load again processor s";
  static final String OVERVIEW = "page's first view ms";
  static final String BYTES = "bytes";
  static final String PEAK_MEMORY = "peak memory bytes";
  static final String CSV = " to CSV";

  private final String store;
  private final long records;
  private final Consumer<String> out;

  Measures(String store, long records, Consumer<String> out) {
    this.store = store;
    this.records = records;
    this.out = out;
  }

  void add(String measure, double value) {
    out.accept(String.format(Locale.ROOT, "%s,%d,%s,%.6g", store, records, measure, value));
  }

  /** The name of how long a question takes. */
  static String milliseconds(Question question) {
    return question.words() + " ms";
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
