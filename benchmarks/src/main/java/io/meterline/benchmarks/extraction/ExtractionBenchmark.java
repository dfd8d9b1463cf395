package io.meterline.benchmarks.extraction;

import io.meterline.benchmarks.extraction.Contender.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From an event's bytes to an object's body, the same bytes for all. With {@code -prof gc} the
 * bytes allocated: for a record, divide what is beyond the body by the records an event.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@State(Scope.Benchmark)
public class ExtractionBenchmark {
  @Param({
    "default",
    "chatter-50",
    "chatter-95",
    "json-format",
    "completion",
    "few-large",
    "many-small",
    "full"
  })
  public String event = "default";

  @Param({"floor", "meterline", "jackson-trees", "jackson-streaming"})
  public String contender = "floor";

  private byte[] bytes = {};
  private Contender contestant = new Floor();

  @Setup
  public void start() {
    bytes = SampleEvent.of(EventShape.named(event));
    contestant = Contender.named(contender);
  }

  /** What an event holds, beside its times. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Sizes {
    public long records;
    public long bodyBytes;
  }

  @Benchmark
  public ByteBuffer event(Sizes sizes) throws IOException {
    Outcome outcome = contestant.run(bytes);
    sizes.records = outcome.count();
    sizes.bodyBytes = outcome.body().remaining();
    return outcome.body();
  }
}
