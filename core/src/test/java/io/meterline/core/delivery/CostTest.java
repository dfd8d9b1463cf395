package io.meterline.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.PartLimits;
import io.meterline.core.find.Markers;
import io.meterline.samples.Bytes;
import io.meterline.samples.Gzip;
import io.meterline.samples.LambdaEvents;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What an event costs in memory: an object for each record is caught. What it costs in time is in
 * docs/benchmarks.md.
 */
final class CostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PAYLOADS = 20;
  private static final int RECORDS = 200;
  private static final int WARM_UP = 150;
  private static final int MOST_BYTES_A_RECORD = 48;

  private final byte[] event = Bytes.utf8(LambdaEvents.kinesis(payloads().toArray(byte[][]::new)));
  private long bodyBytes;
  private long records;

  private static List<byte[]> payloads() {
    List<byte[]> payloads = new ArrayList<>();
    for (int p = 0; p < PAYLOADS; p++) {
      int first = p * RECORDS;
      payloads.add(
          Gzip.member(
              Payload.of(
                      IntStream.range(first, first + RECORDS)
                          .mapToObj(
                              i -> Lines.node(Lines.record("%032x".formatted(i * 77_777_777L))))
                          .toList())
                  .bytes()));
    }
    return payloads;
  }

  private void deliver() {
    StreamAgent agent =
        new StreamAgent(
            new AgentPorts(
                Markers.DEFAULT,
                Limits.DEFAULT,
                batch -> {
                  for (BatchPart part : batch.parts(PartLimits.NONE)) {
                    bodyBytes = part.array().remaining();
                    records = part.count();
                  }
                  return Delivery.of(true);
                },
                (id, part, entries) -> Delivery.NOTHING,
                new PartLimits(Integer.MAX_VALUE, 64 * 1024 * 1024)));
    try {
      agent.deliver(event);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEventCostsItsBodyAndNoObjectARecord() {
    for (int i = 0; i < WARM_UP; i++) {
      deliver();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    deliver();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(records).isEqualTo((long) PAYLOADS * RECORDS);
    assertThat(allocated - bodyBytes)
        .as("bytes allocated beyond the body of %d bytes", bodyBytes)
        .isLessThan(bodyBytes / 5 + 256 * 1024 + records * MOST_BYTES_A_RECORD);
  }
}
