package io.meterline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meterline.core.Limits;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.samples.Gzip;
import io.meterline.samples.Lines;
import io.meterline.samples.Payload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** §1.3: memory stays flat, measured by what the thread allocates. */
final class MemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MEBIBYTE = 1024 * 1024;

  private final Findings out = new Findings();

  @Test
  void aBombOf200MegabytesTakesNoMoreMemoryThanItsOwnBytes() throws IOException {
    byte[] bomb = Gzip.zeros(200_000_000);
    try (PayloadReader reader = reader()) {
      long allocated = allocatedBy(reader, bomb);
      assertThat(out.entries()).singleElement().matches(r -> r.reason().word().equals("too-large"));
      assertThat(allocated).isLessThan(MEBIBYTE + 4L * bomb.length);
    }
  }

  @Test
  void theSecondPayloadOfASizeTakesNoMemoryToOpen() throws IOException {
    byte[] payload = Payload.of(Collections.nCopies(5_000, "nothing here")).gzip();
    byte[] records = Payload.of(Collections.nCopies(5_000, Lines.node(Lines.record("u")))).gzip();
    try (PayloadReader reader = reader()) {
      for (int i = 0; i < 2; i++) {
        // How a record is written is learned of the first; the second is read by it.
        reader.read(records, 0, records.length, "", out);
        out.clearRecords();
      }
      assertThat(allocatedBy(reader, payload)).isLessThan(16 * 1024);
      long perRecord = allocatedBy(reader, records) / 5_000;
      assertThat(perRecord).as("bytes allocated for a record that needs nothing").isLessThan(16);
    }
  }

  private static PayloadReader reader() {
    return new PayloadReader(new Extractor(Markers.DEFAULT, Limits.DEFAULT), Limits.DEFAULT);
  }

  private long allocatedBy(PayloadReader reader, byte[] payload) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    reader.read(payload, 0, payload.length, "", out);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
