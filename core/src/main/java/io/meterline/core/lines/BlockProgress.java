package io.meterline.core.lines;

import java.util.Arrays;

/**
 * How far the steps of a reading came, each counted from its start: there are so many that they are
 * kept side by side in one array, reused.
 */
final class BlockProgress {
  private static final int RECORDS = 0;
  private static final int REFUSALS = 1;
  private static final int LINES = 2;
  private static final int BYTES = 3;
  private static final int SLOTS = 4;

  private int[] slots = new int[1024 * SLOTS];
  private long[] newest = new long[1024];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** Keeps the first ones only. */
  void truncate(int kept) {
    count = kept;
  }

  /** Adds a step; {@code newestTime} is that of the step itself. */
  void add(int records, int refusals, long lines, long bytes, long newestTime) {
    if (count == newest.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
      newest = Arrays.copyOf(newest, 2 * newest.length);
    }
    int slot = count * SLOTS;
    slots[slot + RECORDS] = records;
    slots[slot + REFUSALS] = refusals;
    slots[slot + LINES] = (int) lines;
    slots[slot + BYTES] = (int) bytes;
    newest[count++] = newestTime;
  }

  /** The records found by the end of the first {@code steps} steps. */
  int records(int steps) {
    return upTo(steps, RECORDS);
  }

  int refusals(int steps) {
    return upTo(steps, REFUSALS);
  }

  int lines(int steps) {
    return upTo(steps, LINES);
  }

  int bytes(int steps) {
    return upTo(steps, BYTES);
  }

  private int upTo(int steps, int slot) {
    return steps == 0 ? 0 : slots[(steps - 1) * SLOTS + slot];
  }

  /** The newest time in the step with this number. */
  long newest(int step) {
    return newest[step];
  }
}
