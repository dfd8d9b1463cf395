package io.meterline.ledger;

import static java.util.Objects.requireNonNull;

import io.meterline.ledger.Rejections.Conflict;
import io.meterline.ledger.Rejections.Quarantined;
import io.meterline.ledger.Rejections.ReasonCount;
import io.meterline.ledger.store.Sql;
import io.meterline.ledger.usage.KnownNames;
import io.meterline.ledger.usage.MeterDefinition;
import io.meterline.ledger.usage.Meters;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What a person looks at beside usage: how records come in, what was put into quarantine, who is
 * there.
 */
public final class LedgerViews {
  private static final String BY_CUSTOMER =
      " AND customer IN (SELECT id FROM customer WHERE name = ?)";

  private final Ledger ledger;

  public LedgerViews(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /**
   * A customer who was found.
   *
   * @param records rows that are stored of them
   * @param newest time of a row in epoch milliseconds
   */
  public record Customer(String name, long records, long newest) {}

  /** A value of a dimension that records have. */
  public record Dimension(String name, String value) {}

  /** How many rows a meter has. */
  public record MeterRows(String meter, long rows) {}

  /** What came in from {@code from} on, in stretches of time; at most 2,000 of them. */
  public Arrivals arrivals(Instant from, Instant to, Duration stretch) throws IOException {
    return ledger.ask("telling arrivals", sql -> Arrivals.read(sql, from, to, stretch));
  }

  /** Why there is something in quarantine, the most frequent reason first. */
  public List<ReasonCount> reasons() throws IOException {
    return ledger.ask("counting reasons", Rejections::reasons);
  }

  /** What is in quarantine, the newest first; {@code reason} empty for all. */
  public List<Quarantined> quarantined(String reason, int skip, int most) throws IOException {
    return ledger.ask(
        "listing the quarantine", sql -> Rejections.quarantined(sql, reason, skip, most));
  }

  /** Why something was put aside on its way to the places, the most frequent reason first. */
  public List<ReasonCount> undeliveredReasons() throws IOException {
    return ledger.ask("counting reasons", Rejections::undeliveredReasons);
  }

  /**
   * What was put aside on its way to the places, the newest first; {@code reason} empty for all.
   */
  public List<Rejections.Undelivered> undelivered(String reason, int skip, int most)
      throws IOException {
    return ledger.ask(
        "listing what was not delivered", sql -> Rejections.undelivered(sql, reason, skip, most));
  }

  /** Conflicts, the newest first. */
  public List<Conflict> conflicts(int skip, int most) throws IOException {
    return ledger.ask("listing conflicts", sql -> Rejections.conflicts(sql, skip, most));
  }

  /** Why records of one object were not stored, by position. */
  public SortedMap<Integer, Rejections.NotStored> why(String object) throws IOException {
    return ledger.ask("telling what became of " + object, sql -> Rejections.why(sql, object));
  }

  /** Meters by name, those after {@code after}. */
  public List<MeterDefinition> meters(String after, int most) throws IOException {
    return ledger.ask("listing meters", sql -> new Meters(sql).page(after, most));
  }

  /** Customers whose names hold a text, in whatever case, by name from {@code after} on. */
  public List<Customer> customers(String text, String after, int most) throws IOException {
    return ledger.ask("searching customers", sql -> customers(sql, text, after, most));
  }

  private static List<Customer> customers(Sql sql, String text, String after, int most)
      throws SQLException {
    return sql.list(
        """
        SELECT c.name, coalesce(r.records, 0), coalesce(r.newest, 0) FROM (
          SELECT id, name FROM customer WHERE contains(lower(name), ?) AND name > ?
          ORDER BY name LIMIT ?) c
        LEFT JOIN (SELECT customer, count(*) AS records, max(time) AS newest FROM record
          GROUP BY customer) r ON r.customer = c.id ORDER BY c.name\
        """,
        row -> new Customer(row.getString(1), row.getLong(2), row.getLong(3)),
        text.toLowerCase(Locale.ROOT),
        after,
        most);
  }

  /**
   * The meters with the most rows in a range; {@code customer} empty for all of them.
   *
   * @throws io.meterline.ledger.usage.BadQuery where the customer was never seen
   */
  public List<MeterRows> busiest(String customer, Instant from, Instant to, int most)
      throws IOException {
    return ledger.ask(
        "counting rows by meter",
        sql -> {
          new KnownNames(sql).checkCustomer(customer);
          return sql.list(
              """
              SELECT m.name, r.rows FROM (
                SELECT meter, count(*) AS rows FROM record
                WHERE time >= ? AND time < ?%s GROUP BY meter) r
              JOIN meter m ON m.id = r.meter ORDER BY r.rows DESC, m.name LIMIT ?\
              """
                  .formatted(customer.isEmpty() ? " AND ? = ''" : BY_CUSTOMER),
              row -> new MeterRows(row.getString(1), row.getLong(2)),
              from.toEpochMilli(),
              to.toEpochMilli(),
              customer,
              most);
        });
  }

  /**
   * The dimensions of a meter's records in a range, with the first of the values of each.
   *
   * @throws io.meterline.ledger.usage.BadQuery where the meter was never seen
   */
  public List<Dimension> dimensions(String meter, Instant from, Instant to, int mostValues)
      throws IOException {
    return ledger.ask(
        "listing dimensions of " + meter,
        sql -> {
          new KnownNames(sql).checkMeter(meter);
          return sql.list(
              """
              SELECT name, value FROM (
                SELECT DISTINCT d.name, d.value FROM dimension d WHERE d.dims IN (
                  SELECT dims FROM record
                  WHERE meter IN (SELECT id FROM meter WHERE name = ?)
                  AND time >= ? AND time < ?))
              QUALIFY row_number() OVER (PARTITION BY name ORDER BY value) <= ?
              ORDER BY name, value\
              """,
              row -> new Dimension(row.getString(1), row.getString(2)),
              meter,
              from.toEpochMilli(),
              to.toEpochMilli(),
              mostValues);
        });
  }
}
