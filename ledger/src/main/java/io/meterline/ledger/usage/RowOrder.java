package io.meterline.ledger.usage;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the cells of an answer into the order of time, and within a window into that of the groups.
 * Both are counted out, since to compare a million cells would take longer than to find them.
 */
final class RowOrder {
  private final ResultColumns cells;
  private final Windows windows;
  private final int[] order;

  /** Where each group is in the order; -1 where it is not wanted. */
  private final int[] rank;

  private long[] numbers;
  private int[] cell;
  private int[] window;
  private int[] group;

  /**
   * @param order the groups that are wanted, in their order
   * @param groups how many there are, wanted or not
   */
  RowOrder(ResultColumns cells, Windows windows, int[] order, int groups) {
    this.cells = cells;
    this.windows = windows;
    this.order = order;
    this.rank = new int[groups];
    Arrays.fill(rank, -1);
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    this.numbers =
        LongStream.range(0, cells.windows())
            .map(i -> cells.windowNumber((int) i))
            .sorted()
            .toArray();
    int[] windowRank = windowRanks();
    int[] byGroup = counted(wanted(), c -> rank[cells.group(c)], order.length);
    this.cell = counted(byGroup, c -> windowRank[cells.window(c)], numbers.length);
    this.window = Arrays.stream(cell).map(c -> windowRank[cells.window(c)]).toArray();
    this.group = Arrays.stream(cell).map(cells::group).toArray();
  }

  private int[] windowRanks() {
    Map<Long, Integer> ranks = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      ranks.put(numbers[i], i);
    }
    int[] windowRank = new int[numbers.length];
    for (int i = 0; i < windowRank.length; i++) {
      windowRank[i] = ranks.getOrDefault(cells.windowNumber(i), 0);
    }
    return windowRank;
  }

  private int[] wanted() {
    int[] wanted = new int[cells.count()];
    int count = 0;
    for (int i = 0; i < wanted.length; i++) {
      if (rank[cells.group(i)] >= 0) {
        wanted[count++] = i;
      }
    }
    return Arrays.copyOf(wanted, count);
  }

  private interface Rank {
    int of(int cell);
  }

  /** The cells by their rank; those of one rank in the order in which they were. */
  private static int[] counted(int[] cells, Rank rank, int ranks) {
    int[] next = new int[ranks + 1];
    for (int one : cells) {
      next[rank.of(one) + 1]++;
    }
    for (int i = 1; i <= ranks; i++) {
      next[i] += next[i - 1];
    }
    int[] sorted = new int[cells.length];
    for (int one : cells) {
      sorted[next[rank.of(one)]++] = one;
    }
    return sorted;
  }

  /** Adds the windows in which a group has nothing. */
  void fill() {
    long[] all = windows.numbers().stream().mapToLong(Long::longValue).toArray();
    int[] filledCell = new int[all.length * order.length];
    int[] filledWindow = new int[filledCell.length];
    int[] filledGroup = new int[filledCell.length];
    int found = 0;
    int row = 0;
    for (int i = 0; i < all.length; i++) {
      for (int one : order) {
        boolean isFound =
            found < cell.length && numbers[window[found]] == all[i] && group[found] == one;
        filledCell[row] = isFound ? cell[found++] : UsageRows.NO_CELL;
        filledWindow[row] = i;
        filledGroup[row++] = one;
      }
    }
    numbers = all;
    cell = filledCell;
    window = filledWindow;
    group = filledGroup;
  }

  /**
   * The rows in their order.
   *
   * @param names of groups, by number
   * @param nothing the value where a group has nothing in a window
   */
  UsageRows rows(List<List<@Nullable String>> names, @Nullable BigDecimal nothing) {
    @Nullable ZonedDateTime[] starts = new ZonedDateTime[numbers.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = windows.start(numbers[i]);
    }
    return new UsageRows(cells, starts, names, nothing, cell, window, group);
  }
}
