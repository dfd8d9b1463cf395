package io.meterline.ledger.store;

import io.meterline.core.record.Refusal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** What an object holds that makes no row: records refused, and values that do not fit. */
final class RejectedRows {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final List<Unfit> unfit = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private long bytes;

  /** A value that no DECIMAL(38, …) holds. */
  record Unfit(
      int object,
      int position,
      String meter,
      String customer,
      long time,
      String uniqueId,
      String value,
      String dimensions) {}

  /** A record, or with position -1 an object, that was refused. */
  record Refused(ObjectRef object, int position, Refusal why, String text, long keptAt) {}

  void add(Unfit entry) {
    unfit.add(entry);
    bytes += entry.value().length() + entry.dimensions().length();
  }

  void add(Refused entry) {
    refused.add(entry);
    bytes += entry.text().length();
  }

  boolean isFull() {
    return unfit.size() + refused.size() >= MOST || bytes >= MOST_BYTES;
  }

  boolean isEmpty() {
    return unfit.isEmpty() && refused.isEmpty();
  }

  /** Moves all entries to {@code other}. */
  void moveTo(RejectedRows other) {
    other.unfit.addAll(unfit);
    other.refused.addAll(refused);
    other.bytes += bytes;
    clear();
  }

  void clear() {
    unfit.clear();
    refused.clear();
    bytes = 0;
  }

  /** Writes and forgets all entries: part of one transaction. */
  void write(Sql sql) throws SQLException {
    if (!unfit.isEmpty()) {
      try (DuckDBAppender out = sql.appender("conflict")) {
        for (Unfit entry : unfit) {
          out.beginRow().append(entry.object()).append(entry.position()).append(entry.meter());
          out.append(entry.customer()).append(entry.time()).append(entry.uniqueId());
          out.append(entry.value()).append(entry.dimensions()).append("not-exact");
          out.append("the value has more than " + DecimalParser.MOST_DIGITS + " digits").endRow();
        }
      }
    }
    if (!refused.isEmpty()) {
      for (Refused entry : refused) {
        // Of an object that changes, and is broken still, the newest version is what counts.
        if (entry.position() < 0 && entry.object().isNamedByPlace()) {
          sql.run("DELETE FROM quarantine WHERE position = -1 AND name = ?", entry.object().name());
        }
      }
      try (DuckDBAppender out = sql.appender("quarantine")) {
        for (Refused entry : refused) {
          ObjectRef object = entry.object();
          out.beginRow().append(object.name()).append(object.place()).append(object.version());
          out.append(entry.position()).append(entry.why().reason().word());
          out.append(entry.why().detail()).append(entry.text()).append(entry.keptAt()).endRow();
        }
      }
    }
    clear();
  }
}
