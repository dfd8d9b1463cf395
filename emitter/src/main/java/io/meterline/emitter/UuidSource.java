package io.meterline.emitter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * UUIDs of version 7 (RFC 9562): 48 bits of epoch milliseconds, 12 bits of a counter that makes
 * them ascend within a millisecond (section 6.2, method 1), and 62 random bits.
 */
final class UuidSource implements Supplier<String> {
  /** One for all logs of the process, so that they ascend across all of them. */
  static final UuidSource OF_THIS_PROCESS =
      new UuidSource(InstantSource.system(), new SecureRandom()::nextBytes);

  private static final int LAST_COUNT = 0xFFF;

  /** A millisecond's first count is random in half of the range: the other half is for counting. */
  private static final int FIRST_COUNT_MASK = 0x7FF;

  private static final long VERSION = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final byte[] HEX = JsonLine.ascii("0123456789abcdef");

  /**
   * How long random bytes wait to be used. A process that was frozen and restored twice (Lambda's
   * SnapStart does so) must not use the same ones in both.
   */
  private static final long FRESH_MILLIS = 1000;

  private final InstantSource clock;
  private final Consumer<byte[]> random;
  private final byte[] randomBytes = new byte[512];
  private final ByteBuffer waiting = ByteBuffer.wrap(randomBytes).position(randomBytes.length);
  private long drawnAt;
  private long millis;
  private int count;

  /** {@code random} fills an array with random bytes. */
  UuidSource(InstantSource clock, Consumer<byte[]> random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String get() {
    long high;
    long low;
    synchronized (this) {
      long now = clock.millis();
      if (now > millis) {
        start(now, now);
      } else if (count < LAST_COUNT) {
        count++;
      } else {
        // More than the counter holds, or a clock that was put back: go on in the next millisecond.
        start(millis + 1, now);
      }
      high = millis << 16 | VERSION | count;
      low = VARIANT | randomLong(now) >>> 2;
    }
    return text(high, low);
  }

  private void start(long newMillis, long now) {
    millis = newMillis;
    count = (int) randomLong(now) & FIRST_COUNT_MASK;
  }

  private long randomLong(long now) {
    if (!waiting.hasRemaining() || now < drawnAt || now - drawnAt > FRESH_MILLIS) {
      random.accept(randomBytes);
      waiting.clear();
      drawnAt = now;
    }
    return waiting.getLong();
  }

  private static String text(long high, long low) {
    byte[] text = new byte[36];
    hex(high >>> 32, 8, text, 0);
    text[8] = '-';
    hex(high >>> 16, 4, text, 9);
    text[13] = '-';
    hex(high, 4, text, 14);
    text[18] = '-';
    hex(low >>> 48, 4, text, 19);
    text[23] = '-';
    hex(low, 12, text, 24);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void hex(long bits, int digits, byte[] text, int from) {
    long rest = bits;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = HEX[(int) (rest & 0xF)];
      rest >>>= 4;
    }
  }
}
