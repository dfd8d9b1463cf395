package io.meterline.ledger.store;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into the ledger, column by column, and which of them say the same.
 *
 * <p>A row's identity is its meter, customer, time and unique id; without an id, all of it.
 */
final class RowBuffer {
  /** The text in place of an id, where a record has none; an id is never empty. */
  static final String NO_ID = "";

  /** How a row relates to the first of the same identity in this stage. */
  static final byte FIRST = 0;

  static final byte SAME = 1;
  static final byte DIFFERENT = 2;

  int count;
  long[] time;
  int[] meter;
  int[] customer;
  int[] dims;
  long[] value;
  @Nullable BigInteger[] wide;
  byte[] scale;
  long[] idHi;
  long[] idLo;

  /** Null where the id is 32 lower-case hex digits, which {@code idHi} and {@code idLo} hold. */
  @Nullable String[] idText;

  /** A hash of the members that the contract does not name; 0 for none. */
  long[] others;

  int[] object;
  int[] position;
  byte[] state;

  /** The first row of the same identity in this stage. */
  int[] first;

  private int[] slots;
  private long textBytes;

  RowBuffer(int rows) {
    time = new long[rows];
    meter = new int[rows];
    customer = new int[rows];
    dims = new int[rows];
    value = new long[rows];
    wide = new BigInteger[rows];
    scale = new byte[rows];
    idHi = new long[rows];
    idLo = new long[rows];
    idText = new String[rows];
    others = new long[rows];
    object = new int[rows];
    position = new int[rows];
    state = new byte[rows];
    first = new int[rows];
    slots = new int[Integer.highestOneBit(rows) * 4];
  }

  /** Makes room for one row more, whose columns are then set at index {@code count}. */
  void reserve() {
    if (count < time.length) {
      return;
    }
    int rows = 2 * count;
    time = Arrays.copyOf(time, rows);
    meter = Arrays.copyOf(meter, rows);
    customer = Arrays.copyOf(customer, rows);
    dims = Arrays.copyOf(dims, rows);
    value = Arrays.copyOf(value, rows);
    wide = Arrays.copyOf(wide, rows);
    scale = Arrays.copyOf(scale, rows);
    idHi = Arrays.copyOf(idHi, rows);
    idLo = Arrays.copyOf(idLo, rows);
    idText = Arrays.copyOf(idText, rows);
    others = Arrays.copyOf(others, rows);
    object = Arrays.copyOf(object, rows);
    position = Arrays.copyOf(position, rows);
    state = Arrays.copyOf(state, rows);
    first = Arrays.copyOf(first, rows);
    slots = new int[2 * slots.length];
    index();
  }

  /** Takes in the row whose columns were set. */
  void add() {
    textBytes += textLength(count);
    relate(count++);
  }

  /** How long the ids are that are kept as texts. */
  long textBytes() {
    return textBytes;
  }

  private int textLength(int row) {
    String text = idText[row];
    return text == null ? 0 : text.length();
  }

  /** Takes back all rows but the first {@code kept}. */
  void truncate(int kept) {
    Arrays.fill(wide, kept, count, null);
    for (int row = kept; row < count; row++) {
      textBytes -= textLength(row);
    }
    Arrays.fill(idText, kept, count, null);
    count = kept;
    relateAll();
  }

  /** Tells again how all rows relate, where their columns were changed. */
  void relateAll() {
    Arrays.fill(slots, 0);
    index();
  }

  /** Adds the rows from {@code from} on to another stage. */
  void copyTo(RowBuffer target, int from) {
    for (int row = from; row < count; row++) {
      target.reserve();
      int to = target.count;
      target.time[to] = time[row];
      target.meter[to] = meter[row];
      target.customer[to] = customer[row];
      target.dims[to] = dims[row];
      target.value[to] = value[row];
      target.wide[to] = wide[row];
      target.scale[to] = scale[row];
      target.idHi[to] = idHi[row];
      target.idLo[to] = idLo[row];
      target.idText[to] = idText[row];
      target.others[to] = others[row];
      target.object[to] = object[row];
      target.position[to] = position[row];
      target.add();
    }
  }

  /** Enters all rows anew, and tells again how they relate. */
  private void index() {
    for (int row = 0; row < count; row++) {
      relate(row);
    }
  }

  private void relate(int row) {
    first[row] = enter(row);
    state[row] = first[row] == row ? FIRST : saysTheSame(first[row], row) ? SAME : DIFFERENT;
  }

  /** Enters the row unless one of its identity is there: then tells that one, else itself. */
  private int enter(int row) {
    int mask = slots.length - 1;
    int slot = slot(row) & mask;
    while (slots[slot] != 0) {
      if (isSame(slots[slot] - 1, row)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = row + 1;
    return row;
  }

  private int slot(int row) {
    return (int)
        ByteIndex.mix(
            idLo[row] ^ Long.rotateLeft(time[row], 32) ^ meter[row] ^ (long) customer[row] << 16);
  }

  private boolean isSame(int a, int b) {
    if (idLo[a] != idLo[b]
        || idHi[a] != idHi[b]
        || time[a] != time[b]
        || meter[a] != meter[b]
        || customer[a] != customer[b]) {
      return false;
    }
    String text = idText[a];
    return text == null
        ? idText[b] == null
        : text.equals(idText[b]) && (!text.equals(NO_ID) || saysTheSame(a, b));
  }

  private boolean saysTheSame(int a, int b) {
    BigInteger wideA = wide[a];
    return value[a] == value[b]
        && scale[a] == scale[b]
        && dims[a] == dims[b]
        && others[a] == others[b]
        && (wideA == null ? wide[b] == null : wideA.equals(wide[b]));
  }
}
