package io.meterline.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * The numbers of names (of meters, customers or sets of dimensions) in a table of the file.
 *
 * <p>A name that is new gets a number at once; {@link #settle} writes it. Where there are more
 * names than memory is for, they are forgotten here and looked up in the file, many at a time.
 */
final class Dictionary {
  private final String table;
  private final int most;
  private final int mostBytes;
  private final ByteIndex index = new ByteIndex();
  private final List<String> fresh = new ArrayList<>();
  private boolean complete;
  private int firstFresh;
  private long freshBytes;

  /** What became of the numbers that were given since the last time. */
  @SuppressWarnings("ArrayRecordComponent") // Used within one transaction; never compared.
  record Settled(int first, int[] numbers, BitSet added) {
    /** The number that is to stand for one that was given. */
    int of(int number) {
      return number < first ? number : numbers[number - first];
    }

    /** Whether each number stands for itself. */
    boolean isSame() {
      return added.cardinality() == numbers.length;
    }
  }

  Dictionary(String table, WriterBounds bounds) {
    this.table = table;
    this.most = bounds.names();
    this.mostBytes = bounds.bytes();
  }

  /** Reads the names that the file has, and forgets all others. */
  void load(Sql sql) throws SQLException {
    index.clear();
    clearFresh();
    firstFresh = (int) sql.number("SELECT coalesce(max(id), -1) + 1 FROM " + table);
    complete =
        sql.number("SELECT count(*) FROM " + table) <= most
            && sql.number("SELECT coalesce(sum(strlen(name)), 0) FROM " + table) <= mostBytes;
    if (complete) {
      sql.list("SELECT id, name FROM " + table, row -> know(row.getString(2), row.getInt(1)));
    }
  }

  /** The name's number, given now where it has none. */
  int of(byte[] source, int from, int to) {
    int number = index.get(source, from, to);
    if (number < 0) {
      number = firstFresh + fresh.size();
      index.put(source, from, to, number);
      fresh.add(new String(source, from, to - from, UTF_8));
      freshBytes += to - from;
    }
    return number;
  }

  /** Writes the new names; part of the transaction that writes the rows which use them. */
  Settled settle(Sql sql) throws SQLException {
    int[] numbers = new int[fresh.size()];
    BitSet added = new BitSet();
    added.set(0, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = firstFresh + i;
    }
    if (!complete && numbers.length > 0) {
      find(sql, numbers, added);
    }
    if (!added.isEmpty()) {
      try (DuckDBAppender rows = sql.appender(table)) {
        for (int i = added.nextSetBit(0); i >= 0; i = added.nextSetBit(i + 1)) {
          rows.beginRow().append(numbers[i]).append(fresh.get(i)).endRow();
        }
      }
    }
    Settled settled = new Settled(firstFresh, numbers, added);
    firstFresh += fresh.size();
    clearFresh();
    return settled;
  }

  private void clearFresh() {
    fresh.clear();
    freshBytes = 0;
  }

  /** How many bytes the names have that are not written yet. */
  long freshBytes() {
    return freshBytes;
  }

  /** A name that was new. */
  String fresh(int i) {
    return fresh.get(i);
  }

  int freshCount() {
    return fresh.size();
  }

  /** Gives memory back where it is more than is for names; after settling only. */
  void trim() {
    if (index.count() > most || index.bytes() > mostBytes) {
      index.clear();
      complete = false;
    }
  }

  private void find(Sql sql, int[] numbers, BitSet added) throws SQLException {
    sql.run("CREATE OR REPLACE TEMP TABLE sought (n INTEGER, name VARCHAR)");
    try (DuckDBAppender rows = sql.appender("temp", "sought")) {
      for (int i = 0; i < numbers.length; i++) {
        rows.beginRow().append(i).append(fresh.get(i)).endRow();
      }
    }
    sql.list(
        "SELECT s.n, t.id FROM sought s JOIN " + table + " t ON t.name = s.name",
        row -> {
          int i = row.getInt(1);
          numbers[i] = row.getInt(2);
          added.clear(i);
          return know(fresh.get(i), numbers[i]);
        });
    sql.run("DROP TABLE sought");
  }

  private boolean know(String name, int number) {
    byte[] bytes = name.getBytes(UTF_8);
    index.put(bytes, 0, bytes.length, number);
    return true;
  }
}
