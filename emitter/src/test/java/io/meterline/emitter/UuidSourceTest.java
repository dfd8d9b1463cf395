package io.meterline.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UuidSourceTest {
  private static final long NOW = 0x0123_4567_89ABL;

  private long now = NOW;
  private int draws;
  private final UuidSource ids = new UuidSource(() -> Instant.ofEpochMilli(now), this::draw);

  @Test
  void anIdHasTheTimeTheVersionAndTheVariantOfRfc9562() {
    assertThat(ids.get()).isEqualTo("01234567-89ab-7101-8040-404040404040");
    UUID id = UUID.fromString(ids.get());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void idsOfOneMillisecondAscendAlsoWhenItsCounterIsFull() {
    String last = ids.get();
    for (int i = 0; i < 10_000; i++) {
      String next = ids.get();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    assertThat(last).startsWith("01234567-89ad");
  }

  @Test
  void idsAscendWhenTheClockIsPutBack() {
    String before = ids.get();
    now -= 3_600_000;
    assertThat(ids.get()).isGreaterThan(before);
    now = NOW + 1;
    assertThat(ids.get()).startsWith("01234567-89ac").isGreaterThan(before);
  }

  @Test
  void randomBytesThatWaitedThroughAFreezeAreNotUsed() {
    String unused = ids.get();
    assertThat(draws).isEqualTo(1);
    now += 1000;
    assertThat(ids.get()).endsWith("-8040-404040404040").isNotEqualTo(unused);
    assertThat(draws).isEqualTo(1);
    now += 1;
    assertThat(ids.get()).endsWith("-8080-808080808080");
    assertThat(draws).isEqualTo(2);
  }

  @Test
  void theIdsOfTheProcessAreAscendingUuidsOfNow() {
    long before = System.currentTimeMillis();
    UUID first = UUID.fromString(UuidSource.OF_THIS_PROCESS.get());
    String second = UuidSource.OF_THIS_PROCESS.get();
    // Other tests may have counted it ahead of the clock by some milliseconds.
    assertThat(first.getMostSignificantBits() >>> 16).isBetween(before, before + 60_000);
    assertThat(second).isGreaterThan(first.toString());
  }

  /** The first draw is all 0x01, the second all 0x02: after two zero bits, 0x4040… and 0x8080…. */
  private void draw(byte[] bytes) {
    draws++;
    Arrays.fill(bytes, (byte) draws);
  }
}
