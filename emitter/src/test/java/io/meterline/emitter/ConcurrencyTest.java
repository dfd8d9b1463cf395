package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConcurrencyTest {
  private static final int THREADS = 1000;
  private static final int RECORDS = 20;

  @Test
  void linesOfManyThreadsOnOneStreamAreWholeAndNoneIsMissing() throws Exception {
    var stream = new Torn();
    MeterLog meters = MeterLog.to(stream);
    onManyThreads(
        thread -> {
          for (int i = 0; i < RECORDS; i++) {
            meters.record("m", "c" + thread, i, Map.of("filler", "x".repeat(thread % 50)));
          }
        });
    assertAllThere(stream.bytes.toString(StandardCharsets.US_ASCII).lines().toList());
  }

  @Test
  void linesOfManyThreadsToOneFunctionAreWholeAndNoneIsMissing() throws Exception {
    var lines = new ConcurrentLinkedQueue<String>();
    MeterLog meters = MeterLog.to(lines::add);
    onManyThreads(
        thread -> {
          for (int i = 0; i < RECORDS; i++) {
            meters.record("m", "c" + thread, i, Map.of("filler", "x".repeat(thread % 50)));
          }
        });
    assertAllThere(List.copyOf(lines));
  }

  private static void assertAllThere(List<String> lines) {
    Agent agent = new Agent();
    Set<String> seen = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (String line : lines) {
      Json record = Json.of(agent.records(line).getFirst());
      String customer = record.text("customerId");
      assertThat(record.dimensions().get("filler"))
          .hasSize(Integer.parseInt(customer.substring(1)) % 50);
      seen.add(customer + " " + record.number("meterValue"));
      ids.add(record.text("uniqueId"));
    }
    Set<String> all =
        IntStream.range(0, THREADS * RECORDS)
            .mapToObj(i -> "c" + i / RECORDS + " " + i % RECORDS)
            .collect(Collectors.toSet());
    assertThat(seen.equals(all)).as("each record is there").isTrue();
    assertThat(lines).hasSize(all.size());
    assertThat(ids).hasSize(THREADS * RECORDS);
  }

  private static void onManyThreads(IntConsumer work) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          IntStream.range(0, THREADS).mapToObj(i -> executor.submit(() -> work.accept(i))).toList();
      for (var one : running) {
        one.get();
      }
    }
  }

  /** Writes byte for byte, and lets other threads in between: nothing here keeps writes apart. */
  private static final class Torn extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Other threads are to come in between if they can.
    public void write(int b) {
      bytes.write(b);
      if (b == ',') {
        Thread.yield();
      }
    }

    @Override
    public void write(byte[] source, int from, int length) {
      for (int i = from; i < from + length; i++) {
        write(source[i]);
      }
    }
  }
}
