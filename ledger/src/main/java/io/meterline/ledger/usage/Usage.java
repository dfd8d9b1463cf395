package io.meterline.ledger.usage;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer: rows by time, and within a window by the names of groups; where the top groups were
 * asked for, the greatest comes first.
 *
 * @param note why no record was found, for a person; empty where some were
 */
public record Usage(UsageQuery query, MeterDefinition definition, List<Row> rows, String note) {
  public Usage {
    requireNonNull(note, "note is null");
    rows = Collections.unmodifiableList(rows);
  }

  /**
   * Usage of one group in one window.
   *
   * @param window when the window starts, in the query's zone; null where there are no windows
   * @param groups the values of what was grouped by; null where records don't have it
   * @param value exact; null where there is none, as with MAX of nothing
   */
  public record Row(
      @Nullable ZonedDateTime window, List<@Nullable String> groups, @Nullable BigDecimal value) {

    /** The value's digits without an exponent; empty where there is none. */
    public String plainValue() {
      return value == null ? "" : value.toPlainString();
    }
  }
}
