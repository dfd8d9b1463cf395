package io.meterline.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Time in nanoseconds.
 *
 * @param wall as the clock on the wall tells it
 * @param own processor time of the thread that asks
 * @param threads processor time of all threads of Java
 * @param process processor time of all: also of what compiles and what collects garbage
 */
record Spending(long wall, long own, long threads, long process) {
  static final Spending NONE = new Spending(0, 0, 0, 0);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** All that was spent since the start. */
  static Spending untilNow() {
    long threads = 0;
    for (long nanos : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
      // A thread that ended meanwhile has none, which is told as -1.
      threads += Math.max(0, nanos);
    }
    return new Spending(
        System.nanoTime(), THREADS.getCurrentThreadCpuTime(), threads, SYSTEM.getProcessCpuTime());
  }

  Spending plus(Spending other) {
    return new Spending(
        wall + other.wall, own + other.own, threads + other.threads, process + other.process);
  }

  Spending minus(Spending other) {
    return new Spending(
        wall - other.wall, own - other.own, threads - other.threads, process - other.process);
  }
}
