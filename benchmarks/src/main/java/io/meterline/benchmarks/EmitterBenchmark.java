package io.meterline.benchmarks;

import io.meterline.emitter.MeterLog;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call to {@link MeterLog} costs the application, without what its log costs: below 1 µs and
 * 600 bytes of garbage a record.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class EmitterBenchmark {
  private static final String CUSTOMER = "70f1dd87-6978-4d96-a934-5a83b63cdeb1";
  private static final Map<String, String> TWO =
      Map.of("method", "GET", "endpoint", "meter-example");
  private static final Map<String, String> FIVE =
      Map.of(
          "method",
          "GET",
          "endpoint",
          "meter-example",
          "region",
          "eu-central-1",
          "plan",
          "pro",
          "status",
          "200");

  private final MeterLog stream = MeterLog.to(OutputStream.nullOutputStream());
  private final MeterLog function = MeterLog.to(line -> lastLine = line);
  private long calls;

  /** Read by nobody; written so that the JIT can't leave the line out. */
  @SuppressWarnings("UnusedVariable")
  private volatile String lastLine = "";

  @Benchmark
  public void toAStream() {
    stream.record("api-calls", CUSTOMER, ++calls & 0xFF, TWO);
  }

  @Benchmark
  public void toAStreamWithFiveDimensions() {
    stream.record("api-calls", CUSTOMER, ++calls & 0xFF, FIVE);
  }

  @Benchmark
  public void toAStreamAsDouble() {
    stream.record("gigabyte-hours", CUSTOMER, (++calls & 0xFFFF) * 0.001, TWO);
  }

  @Benchmark
  public void toAStreamAsBigDecimal() {
    stream.record("gigabyte-hours", CUSTOMER, BigDecimal.valueOf(++calls & 0xFFFF, 3), TWO);
  }

  @Benchmark
  public void toAFunction() {
    function.record("api-calls", CUSTOMER, ++calls & 0xFF, TWO);
  }
}
