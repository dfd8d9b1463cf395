package io.meterline.ledger;

import static java.util.Objects.requireNonNull;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How records came in.
 *
 * @param from the start of the first stretch
 * @param to when the last one ends
 * @param stretch how long one is
 * @param counts of those stretches in which something came in, by time
 * @param lagMillis from the newest record's own time to its loading, of what was stored last
 */
public record Arrivals(
    Instant from, Instant to, Duration stretch, List<Count> counts, OptionalLong lagMillis) {
  private static final int MOST_STRETCHES = 2000;

  public Arrivals {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(stretch, "stretch is null");
    requireNonNull(lagMillis, "lagMillis is null");
    counts = List.copyOf(counts);
  }

  /**
   * What came in during a stretch of time.
   *
   * @param at its start in epoch milliseconds
   * @param records read
   * @param stored rows that were new: one for each meter that a record feeds
   * @param quarantined records refused, and objects put into quarantine as a whole
   */
  public record Count(
      long at, long records, long stored, long duplicates, long conflicts, long quarantined) {
    private Count and(Count other) {
      return new Count(
          at,
          records + other.records,
          stored + other.stored,
          duplicates + other.duplicates,
          conflicts + other.conflicts,
          quarantined + other.quarantined);
    }
  }

  static Arrivals read(Sql sql, Instant from, Instant to, Duration stretch) throws SQLException {
    long length = stretch.toMillis();
    if (!from.isBefore(to)
        || length < 1
        || Duration.between(from, to).toMillis() / length > MOST_STRETCHES) {
      throw new IllegalArgumentException(
          "there must be 1 to %d stretches of %s from %s to %s"
              .formatted(MOST_STRETCHES, stretch, from, to));
    }
    long start = from.toEpochMilli() - from.toEpochMilli() % length;
    TreeMap<Long, Count> counts = new TreeMap<>();
    sql.list(
        """
        SELECT loaded_at - loaded_at % ?::BIGINT AS since, sum(records)::BIGINT, sum(stored)::BIGINT,
          sum(duplicates)::BIGINT, sum(conflicts)::BIGINT, sum(quarantined)::BIGINT
        FROM object WHERE loaded_at >= ? AND loaded_at < ? GROUP BY since
        UNION ALL
        SELECT kept_at - kept_at % ?::BIGINT AS since, 0, 0, 0, 0, count(*)
        FROM quarantine WHERE position = -1 AND kept_at >= ? AND kept_at < ? GROUP BY since""",
        row -> {
          Count count =
              new Count(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6));
          return counts.merge(count.at(), count, Count::and);
        },
        length,
        start,
        to.toEpochMilli(),
        length,
        start,
        to.toEpochMilli());
    return new Arrivals(
        Instant.ofEpochMilli(start), to, stretch, List.copyOf(counts.values()), lag(sql));
  }

  private static OptionalLong lag(Sql sql) throws SQLException {
    List<Last> last =
        sql.list(
            "SELECT id, loaded_at FROM object WHERE stored > 0 ORDER BY id DESC LIMIT 1",
            row -> new Last(row.getInt(1), row.getLong(2)));
    if (last.isEmpty()) {
      return OptionalLong.empty();
    }
    // Rows lie in the order in which they were loaded: only the last few are looked at.
    long newest =
        sql.number("SELECT max(time) FROM record WHERE object = ?", last.getFirst().object());
    return OptionalLong.of(last.getFirst().loadedAt() - newest);
  }

  private record Last(int object, long loadedAt) {}
}
