package io.meterline.benchmarks.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One contender in a process of its own: for each number on standard input it runs that often, and
 * tells the median milliseconds, the bytes allocated by a run and the records found.
 */
final class Runner {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double NANOS_PER_MILLI = 1e6;

  private Runner() {}

  public static void main(String[] arguments) throws IOException {
    Contender contender = Contender.named(arguments[0]);
    byte[] event = Files.readAllBytes(Path.of(arguments[1]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(run(contender, event, Integer.parseInt(line)));
    }
  }

  private static String run(Contender contender, byte[] event, int times) throws IOException {
    double[] millis = new double[times];
    long records = 0;
    long bodyBytes = 0;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      Contender.Outcome outcome = contender.run(event);
      millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
      records = outcome.count();
      bodyBytes = outcome.body().remaining();
    }
    long allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    Arrays.sort(millis);
    return "%f %d %d".formatted(millis[times / 2], records, allocated - bodyBytes);
  }
}
