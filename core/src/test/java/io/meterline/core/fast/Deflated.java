package io.meterline.core.fast;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Data as the JDK deflates it, in all ways that it knows, and what the JDK inflates it to. */
final class Deflated {
  private static final int[] STRATEGIES = {
    Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY
  };

  private Deflated() {}

  /** Something of any size and any nature: noise, runs, log lines, repeats from far back. */
  static byte[] content(SplittableRandom random) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int pieces = random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      byte[] piece = piece(random);
      int times = random.nextInt(4) == 0 ? 1 + random.nextInt(50) : 1;
      for (int k = 0; k < times; k++) {
        content.writeBytes(piece);
      }
      if (random.nextInt(3) == 0) {
        byte[] before = content.toByteArray();
        int from = random.nextInt(before.length + 1);
        content.write(before, from, random.nextInt(before.length - from + 1));
      }
    }
    return content.toByteArray();
  }

  private static byte[] piece(SplittableRandom random) {
    int length = random.nextInt(random.nextBoolean() ? 20 : 8_000);
    byte[] piece = new byte[length];
    switch (random.nextInt(5)) {
      case 0 -> random.nextBytes(piece);
      case 1 -> Arrays.fill(piece, (byte) random.nextInt());
      case 2 -> {
        // Half as often each time: the codes are as long as they get.
        for (int i = 0; i < length; i++) {
          piece[i] = (byte) Long.numberOfTrailingZeros(random.nextLong());
        }
      }
      case 3 -> {
        int distance = 1 + random.nextInt(9);
        for (int i = 0; i < length; i++) {
          piece[i] = i < distance ? (byte) random.nextInt() : piece[i - distance];
        }
      }
      default -> {
        StringBuilder lines = new StringBuilder();
        while (lines.length() < length) {
          lines
              .append("meter_record_for_stream {\"meterApiName\":\"api-calls\",\"uniqueId\":\"")
              .append(Long.toHexString(random.nextLong()))
              .append("\"}\n");
        }
        return lines.toString().getBytes(UTF_8);
      }
    }
    return piece;
  }

  static byte[] of(byte[] content, SplittableRandom random) {
    Deflater deflater = new Deflater(random.nextInt(10), true);
    deflater.setStrategy(STRATEGIES[random.nextInt(STRATEGIES.length)]);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    int flushed = random.nextBoolean() ? random.nextInt(content.length + 1) : 0;
    if (flushed > 0) {
      deflater.setInput(content, 0, flushed);
      int flush = random.nextBoolean() ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
      int more = buffer.length;
      while (more == buffer.length || !deflater.needsInput()) {
        more = deflater.deflate(buffer, 0, buffer.length, flush);
        deflated.write(buffer, 0, more);
      }
    }
    deflater.setInput(content, flushed, content.length - flushed);
    deflater.finish();
    while (!deflater.finished()) {
      deflated.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return deflated.toByteArray();
  }

  /**
   * @param bytes what it inflates to
   * @param end where in the data it ended
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by the tests, element by element.
  record Inflated(byte[] bytes, int end) {}

  /** What the JDK makes of it; nothing where it is no deflated data. */
  static Optional<Inflated> byJdk(byte[] data, int most) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(data);
      byte[] out = new byte[most + 1];
      int size = 0;
      int more = 1;
      while (more > 0 && !inflater.finished()) {
        more = inflater.inflate(out, size, out.length - size);
        size += more;
      }
      return inflater.finished() && size <= most
          ? Optional.of(
              new Inflated(Arrays.copyOf(out, size), data.length - inflater.getRemaining()))
          : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }
}
