package io.meterline.cli.demo;

import io.meterline.demo.MeterRecord;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Breaks a share of the lines that the API logs, in the ways in which applications do. The id stays
 * in the line, so that it can be found where it ends up.
 */
final class BadLines {
  private static final List<UnaryOperator<String>> WAYS =
      List.of(
          line -> line.replaceFirst("\"customerId\":\"[^\"]*\",", ""),
          line -> line.replaceFirst("\"meterValue\":([^,]+),", "\"meterValue\":\"$1\","),
          line -> line.replaceFirst("\"meterValue\":([^,]+),", "\"meterValue\":NaN,"),
          line -> line.substring(0, line.length() - 3));

  private final double share;
  private final Consumer<String> broken;
  private double due;
  private int count;

  /**
   * @param percent of the lines
   * @param broken is told the ids of their records
   */
  BadLines(double percent, Consumer<String> broken) {
    this.share = percent / 100;
    this.broken = broken;
  }

  /** The record's line as it gets to the log group. */
  synchronized String line(MeterRecord record) {
    if (!isDue()) {
      return record.line();
    }
    broken.accept(record.uniqueId());
    return WAYS.get(count++ % WAYS.size()).apply(record.line());
  }

  /** A line of the access log as it gets to its log group: cut off, where it is broken. */
  synchronized String accessLine(String line) {
    return isDue() ? line.substring(0, line.length() - 3) : line;
  }

  private boolean isDue() {
    due += share;
    // A little below one: shares such as 0.1 don't add up to it exactly.
    if (due < 1 - 1e-9) {
      return false;
    }
    due -= 1;
    return true;
  }
}
