package io.meterline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class LineEndsTest {
  @Property(tries = 5_000)
  void areFoundAndCountedAsByteByByte(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(60)];
    for (int i = 0; i < bytes.length; i++) {
      // Bytes that differ from a line end by one bit, and line ends.
      bytes[i] = (byte) "\n\u000b\u0008\u008a a".charAt(random.nextInt(6));
    }
    int from = random.nextInt(bytes.length + 1);
    int to = random.nextInt(from, bytes.length + 1);
    int next = from;
    long count = 0;
    for (int i = to - 1; i >= from; i--) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    while (next < to && bytes[next] != '\n') {
      next++;
    }
    assertThat(LineEnds.next(bytes, from, to)).isEqualTo(next);
    assertThat(LineEnds.count(bytes, from, to)).isEqualTo(count);
  }
}
