package io.meterline.ledger.usage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A question about a meter.
 *
 * @param from the first instant that counts
 * @param to the first that counts no more
 * @param zone in which days, weeks and months start, and hours of zones off by half of one
 * @param groupBy {@link #CUSTOMER} or names of dimensions
 * @param filters the values allowed by {@link #CUSTOMER} or name of a dimension: a record must have
 *     one of them for each
 * @param top how many groups are wanted, those with the most in the whole range; all where empty
 * @param fill whether windows without records are told as well
 */
public record UsageQuery(
    String meter,
    Instant from,
    Instant to,
    WindowSize window,
    ZoneId zone,
    List<String> groupBy,
    Map<String, Set<String>> filters,
    OptionalInt top,
    boolean fill) {
  /** The name of the customer among those of dimensions. */
  public static final String CUSTOMER = "customerId";

  public UsageQuery {
    requireNonNull(meter, "meter is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(window, "window is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(top, "top is null");
    groupBy = List.copyOf(groupBy);
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    filters.forEach((name, values) -> copy.put(name, Set.copyOf(new TreeSet<>(values))));
    filters = Collections.unmodifiableMap(copy);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from %s is not before to %s".formatted(from, to));
    }
    if (top.isPresent() && top.getAsInt() < 1) {
      throw new IllegalArgumentException("top must be 1 or more, not " + top.getAsInt());
    }
    if (groupBy.stream().distinct().count() < groupBy.size()) {
      throw new IllegalArgumentException("group-by names something twice: " + groupBy);
    }
  }

  /** The same question about the range as a whole. */
  UsageQuery whole() {
    return new UsageQuery(
        meter, from, to, WindowSize.NONE, zone, groupBy, filters, OptionalInt.empty(), false);
  }
}
