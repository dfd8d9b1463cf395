package io.meterline.benchmarks.extraction;

import com.sun.management.ThreadMXBean;
import io.meterline.benchmarks.extraction.EventShape.Line;
import io.meterline.benchmarks.extraction.ScaleBenchmark.Point;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Lambda events of all sizes, in this process; memory is what one of them allocates. */
final class EventScale {
  static final String INPUT = "Lambda events";

  private static final List<EventShape> SHAPES =
      List.of(
          new EventShape(1, 2, 0, Line.TEXT),
          new EventShape(1, 20, 0, Line.TEXT),
          new EventShape(1, 100, 0, Line.TEXT),
          new EventShape(10, 100, 0, Line.TEXT),
          new EventShape(100, 100, 0, Line.TEXT),
          EventShape.named("full"));

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP_BYTES = 500_000_000;
  private static final int MEASURED_BYTES = 100_000_000;

  private EventScale() {}

  static void measure(Consumer<Point> out) throws IOException {
    for (String program : List.of("meterline", "floor")) {
      Contender contender = Contender.named(program);
      run(contender, SampleEvent.of(EventShape.DEFAULT), WARM_UP_BYTES);
      for (EventShape shape : SHAPES) {
        byte[] event = SampleEvent.of(shape);
        double seconds = run(contender, event, MEASURED_BYTES);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        contender.run(event);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        String name = program.equals("floor") ? "floor" : "Meterline";
        out.accept(new Point(INPUT, name, event.length, seconds, allocated));
      }
    }
  }

  /** The median, over as many runs as the bytes are enough for. */
  private static double run(Contender contender, byte[] event, int bytes) throws IOException {
    double[] seconds = new double[Math.clamp(bytes / event.length, 9, 5_000)];
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      contender.run(event);
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }
}
