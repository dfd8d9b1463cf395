package io.meterline.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterline.core.json.Escapes;
import io.meterline.core.json.JsonText;
import io.meterline.core.record.Members;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;

/**
 * The numbers of sets of dimensions: the same names with the same values are one set, in whatever
 * order and spelling they have.
 */
final class DimensionSets {
  private static final byte[] NONE = "{}".getBytes(UTF_8);

  private final WriterBounds bounds;
  private final Dictionary names;
  private final ByteIndex spellings = new ByteIndex();

  DimensionSets(WriterBounds bounds) {
    this.bounds = bounds;
    this.names = new Dictionary("dimension_set", bounds);
  }

  void load(Sql sql) throws SQLException {
    names.load(sql);
    spellings.clear();
  }

  /** The number of the empty set. */
  int ofNone() {
    return names.of(NONE, 0, NONE.length);
  }

  /** The number of the set that a well-formed JSON object spells. */
  int of(byte[] source, int from, int to) {
    int number = spellings.get(source, from, to);
    if (number < 0) {
      byte[] canonical = canonical(read(source, from, to));
      number = names.of(canonical, 0, canonical.length);
      if (spellings.bytes() <= bounds.bytes() - (to - from)) {
        spellings.put(source, from, to, number);
      }
    }
    return number;
  }

  Dictionary.Settled settle(Sql sql) throws SQLException {
    String[] fresh = new String[names.freshCount()];
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = names.fresh(i);
    }
    Dictionary.Settled settled = names.settle(sql);
    if (fresh.length > 0) {
      // A number may have changed.
      spellings.clear();
      try (DuckDBAppender rows = sql.appender("dimension")) {
        for (int i = 0; i < fresh.length; i++) {
          if (settled.added().get(i)) {
            append(fresh[i], settled.numbers()[i], rows);
          }
        }
      }
    }
    return settled;
  }

  void trim() {
    names.trim();
    if (spellings.count() > bounds.names() || spellings.bytes() > bounds.bytes() / 2) {
      spellings.clear();
    }
  }

  long freshBytes() {
    return names.freshBytes();
  }

  private static void append(String set, int number, DuckDBAppender rows) throws SQLException {
    byte[] bytes = set.getBytes(UTF_8);
    for (Map.Entry<String, String> pair : read(bytes, 0, bytes.length).entrySet()) {
      rows.beginRow().append(number).append(pair.getKey()).append(pair.getValue()).endRow();
    }
  }

  /** Numbers, true and false count as the string of their text; null as not there. */
  private static SortedMap<String, String> read(byte[] source, int from, int to) {
    SortedMap<String, String> pairs = new TreeMap<>();
    Members members = new Members(source, from, to);
    while (members.next()) {
      byte type = source[members.valueFrom()];
      if (type == 'n') {
        continue;
      }
      String name = text(source, members.nameFrom() + 1, members.nameTo() - 1);
      String value =
          type == '"'
              ? text(source, members.valueFrom() + 1, members.valueTo() - 1)
              : new String(
                  source, members.valueFrom(), members.valueTo() - members.valueFrom(), UTF_8);
      pairs.put(name, value);
    }
    return pairs;
  }

  /** The text of a JSON string, given without its quotes. */
  static String text(byte[] source, int from, int to) {
    return new String(unescaped(source, from, to), UTF_8);
  }

  static byte[] unescaped(byte[] source, int from, int to) {
    byte[] text = new byte[to - from + Escapes.SLACK];
    Escapes escapes = new Escapes();
    escapes.decode(source, from, to, text);
    return Arrays.copyOf(text, escapes.written());
  }

  private static byte[] canonical(SortedMap<String, String> pairs) {
    JsonText json = new JsonText();
    pairs.forEach(json::member);
    return json.end();
  }
}
