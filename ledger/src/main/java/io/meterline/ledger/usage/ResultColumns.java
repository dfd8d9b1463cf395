package io.meterline.ledger.usage;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What SQL found, cell by cell: a cell is what one group has in one window. In columns, since an
 * answer may have a million of them.
 */
final class ResultColumns {
  private final Aggregation aggregation;
  private final LongNumbers windows = new LongNumbers();
  private final LongNumbers places = new LongNumbers();
  private int[] window = new int[1024];
  private int[] group = new int[1024];
  private long[] digits = new long[1024];
  private @Nullable Accumulator[] partials = new Accumulator[0];
  private int count;
  private int scale;

  ResultColumns(Aggregation aggregation) {
    this.aggregation = aggregation;
  }

  int count() {
    return count;
  }

  int window(int cell) {
    return window[cell];
  }

  int group(int cell) {
    return group[cell];
  }

  /** How many windows have a cell. */
  int windows() {
    return windows.count();
  }

  /** What a window is called in SQL. */
  long windowNumber(int index) {
    return windows.key(index);
  }

  /** Adds a cell that is whole with this value; all such values have one scale. */
  void add(long windowNumber, int groupOfCell, long digitsOfValue, int scaleOfAll) {
    scale = scaleOfAll;
    int cell = add(windows.of(windowNumber), groupOfCell);
    digits[cell] = digitsOfValue;
  }

  /** The cell's value, to be added to; for answers whose cells come in several rows. */
  Accumulator partial(long windowNumber, int groupOfCell) {
    int index = windows.of(windowNumber);
    int cell = places.of((long) index << Integer.SIZE | groupOfCell);
    if (cell == count) {
      add(index, groupOfCell);
      if (cell >= partials.length) {
        partials = Arrays.copyOf(partials, window.length);
      }
      partials[cell] = new Accumulator();
    }
    Accumulator partial = partials[cell];
    return partial == null ? new Accumulator() : partial;
  }

  private int add(int windowOfCell, int groupOfCell) {
    if (count == window.length) {
      window = Arrays.copyOf(window, 2 * count);
      group = Arrays.copyOf(group, 2 * count);
      digits = Arrays.copyOf(digits, 2 * count);
    }
    window[count] = windowOfCell;
    group[count] = groupOfCell;
    return count++;
  }

  /** The cell's value; null where there is none. */
  @Nullable BigDecimal value(int cell) {
    if (partials.length == 0) {
      return plain(digits[cell], scale);
    }
    Accumulator partial = partials[cell];
    return partial == null ? null : partial.result(aggregation);
  }

  /** Without zeros at the end: on longs that costs little. */
  private static BigDecimal plain(long digits, int scale) {
    long left = digits;
    int places = scale;
    while (places > 0 && left % 10 == 0) {
      left /= 10;
      places--;
    }
    return BigDecimal.valueOf(left, places);
  }
}
