package io.meterline.ledger.usage;

import io.meterline.ledger.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The groups of an answer, by the numbers that SQL tells of them; names come at the end. */
final class Groups {
  /** The number of what is not there. */
  static final int ABSENT = -1;

  /** So many names are looked up one by one; of more, the whole table is read. */
  private static final int FEW = 100;

  private static final Comparator<@Nullable String> NAMES =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private final List<String> by;
  private final int columns;
  private int[] keys;
  private int[] slots = new int[256];
  private int count;

  Groups(List<String> by) {
    this.by = by;
    this.columns = by.size();
    this.keys = new int[64 * Math.max(1, columns)];
  }

  int count() {
    return count;
  }

  /** The group of these numbers, one for each of what is grouped by. */
  int of(int[] key) {
    int mask = slots.length - 1;
    int slot = hash(key, 0) & mask;
    while (slots[slot] != 0) {
      int from = (slots[slot] - 1) * columns;
      if (isAt(from, key)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    int from = count * columns;
    if (from + columns > keys.length) {
      keys = Arrays.copyOf(keys, 2 * keys.length);
    }
    System.arraycopy(key, 0, keys, from, columns);
    slots[slot] = ++count;
    if (2 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  private boolean isAt(int from, int[] key) {
    for (int i = 0; i < columns; i++) {
      if (keys[from + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    slots = new int[4 * slots.length];
    int mask = slots.length - 1;
    for (int group = 0; group < count; group++) {
      int slot = hash(keys, group * columns) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = group + 1;
    }
  }

  private int hash(int[] from, int at) {
    int hash = 1;
    for (int i = at; i < at + columns; i++) {
      hash = (hash ^ from[i]) * 0x9E37_79B1;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** The names of all groups, by their numbers. */
  List<List<@Nullable String>> names(Sql sql) throws SQLException {
    List<Map<Integer, String>> found = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      found.add(names(sql, column));
    }
    List<List<@Nullable String>> all = new ArrayList<>(count);
    for (int group = 0; group < count; group++) {
      List<@Nullable String> names = new ArrayList<>(columns);
      for (int column = 0; column < columns; column++) {
        names.add(found.get(column).get(keys[group * columns + column]));
      }
      all.add(Collections.unmodifiableList(names));
    }
    return all;
  }

  private Map<Integer, String> names(Sql sql, int column) throws SQLException {
    Set<Integer> sought = new HashSet<>();
    for (int group = 0; group < count; group++) {
      sought.add(keys[group * columns + column]);
    }
    sought.remove(ABSENT);
    if (sought.isEmpty()) {
      return Map.of();
    }
    String name = by.get(column);
    boolean isCustomer = name.equals(UsageQuery.CUSTOMER);
    String few = few(isCustomer ? "id" : "dims", sought);
    Map<Integer, String> names = new HashMap<>();
    sql.chunks(
        isCustomer
            ? "SELECT id, name FROM customer WHERE " + few
            : "SELECT dims, value FROM dimension WHERE name = ? AND " + few,
        rows -> {
          for (long row = 0; row < rows.rowCount(); row++) {
            int number = rows.vector(0).getInt(row);
            if (sought.contains(number)) {
              String text = rows.vector(1).getString(row);
              sql.count(text);
              names.put(number, text);
            }
          }
          return true;
        },
        isCustomer ? new Object[0] : new Object[] {name});
    return names;
  }

  /** A list of many numbers takes SQL longer to read than the names take here. */
  private static String few(String column, Set<Integer> sought) {
    return sought.size() > FEW
        ? "true"
        : sought.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", column + " IN (", ")"));
  }

  static int compare(List<@Nullable String> a, List<@Nullable String> b) {
    for (int i = 0; i < a.size(); i++) {
      int difference = NAMES.compare(a.get(i), b.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
