package io.meterline.ledger;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;

/**
 * How much a ledger holds.
 *
 * @param format the version of its tables
 * @param objects loaded
 * @param rows stored: one for each meter that a record feeds
 * @param quarantined records and whole objects that the ledger refused
 * @param undelivered entries in the quarantine of its places: what never came as a record
 * @param oldest time of a row in epoch milliseconds; 0 where there is none
 * @param loadedAt when the newest object was loaded; 0 where there is none
 */
public record LedgerStatus(
    int format,
    long objects,
    long records,
    long rows,
    long duplicates,
    long conflicts,
    long quarantined,
    long undelivered,
    long meters,
    long customers,
    long oldest,
    long newest,
    long loadedAt) {

  static LedgerStatus read(Sql sql, int format) throws SQLException {
    return sql.list(
            """
            SELECT count(*), coalesce(sum(records), 0), (SELECT count(*) FROM record),
              coalesce(sum(duplicates), 0), coalesce(sum(conflicts), 0),
              (SELECT count(*) FROM quarantine), (SELECT count(*) FROM undelivered),
              (SELECT count(*) FROM meter),
              (SELECT count(*) FROM customer), (SELECT coalesce(min(time), 0) FROM record),
              (SELECT coalesce(max(time), 0) FROM record), coalesce(max(loaded_at), 0)
            FROM object""",
            row ->
                new LedgerStatus(
                    format,
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getLong(10),
                    row.getLong(11),
                    row.getLong(12)))
        .getFirst();
  }
}
