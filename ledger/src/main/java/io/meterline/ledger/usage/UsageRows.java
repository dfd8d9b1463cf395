package io.meterline.ledger.usage;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer in their order, each made when it is asked for; those of one window share
 * its start, and those of one group its names.
 */
final class UsageRows extends AbstractList<Usage.Row> implements RandomAccess {
  /** In place of a cell, where a group has nothing in a window. */
  static final int NO_CELL = -1;

  private final ResultColumns cells;
  private final @Nullable ZonedDateTime[] starts;
  private final List<List<@Nullable String>> names;
  private final @Nullable BigDecimal nothing;
  private final int[] cell;
  private final int[] start;
  private final int[] group;

  /**
   * @param starts of windows
   * @param names of groups, by number
   * @param nothing the value where there is no cell
   * @param cell of each row
   * @param start of each row, as an index in {@code starts}
   * @param group of each row
   */
  UsageRows(
      ResultColumns cells,
      @Nullable ZonedDateTime[] starts,
      List<List<@Nullable String>> names,
      @Nullable BigDecimal nothing,
      int[] cell,
      int[] start,
      int[] group) {
    this.cells = cells;
    this.starts = starts;
    this.names = names;
    this.nothing = nothing;
    this.cell = cell;
    this.start = start;
    this.group = group;
  }

  @Override
  public int size() {
    return cell.length;
  }

  @Override
  public Usage.Row get(int row) {
    return new Usage.Row(
        starts[start[row]],
        names.get(group[row]),
        cell[row] == NO_CELL ? nothing : cells.value(cell[row]));
  }
}
