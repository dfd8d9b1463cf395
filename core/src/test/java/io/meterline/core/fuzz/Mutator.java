package io.meterline.core.fuzz;

import io.meterline.samples.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Changes valid inputs a little, in the ways that hurt readers most. */
final class Mutator {
  private static final int MOST_CHANGES = 6;
  private static final int LONGEST = 24 * 1024;

  private static final List<byte[]> DICTIONARY =
      Stream.concat(
              Stream.of(
                      "meter_record_for_stream",
                      "meter_record_for_cw",
                      "meter_record_for_stream{",
                      "meter_record_for_cw [",
                      "meter_record_for_cw [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                      "meter_record_for_stream {\\\"",
                      "meter_record_for_stream {\\\\\\\"",
                      "{",
                      "}",
                      "[",
                      "]",
                      "\"",
                      "\\",
                      "\\\"",
                      "\\\\\\\"",
                      "\\\\",
                      ",",
                      ":",
                      "\n",
                      "\t",
                      " ",
                      "}{",
                      "]}",
                      "\"}",
                      "\\u",
                      "\\u0000",
                      "\\u0022",
                      "\\u005c",
                      "\\ud83d",
                      "\\ude00",
                      "\\ud83d\\ude00",
                      "\\x",
                      "null",
                      "true",
                      "fals",
                      "-",
                      "-0",
                      "0",
                      "01",
                      "1e400",
                      "1e",
                      "1.",
                      "1.7976931348623157e308",
                      "253402300800000",
                      "99999999999999999999",
                      "\"uniqueId\":\"\",",
                      "\"uniqueId\":\"x\",",
                      "\"customerId\":null,",
                      "\"customerI\\u0064\":\"c\",",
                      "\"dimensions\":{},",
                      "\"dimensions\":{\"a\":[]},",
                      "\"values\":{},",
                      "\"logEvents\":[",
                      "\"logEvents\":[{\"message\":\"meter_record_for_cw x\"}],",
                      "\"message\":",
                      "CONTROL_MESSAGE",
                      "\"messageType\":\"CONTROL_MESSAGE\",",
                      "\"id\":7,",
                      "\"timestamp\":-1,",
                      "Records",
                      "awslogs",
                      "data",
                      "é",
                      "😀",
                      "\u0000",
                      "\u007f",
                      "\u2028")
                  .map(Bytes::utf8),
              Stream.of(
                  new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0},
                  new byte[] {0x1F, (byte) 0x8B, 8, 0x1F, 0, 0, 0, 0, 0, 0},
                  new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2},
                  new byte[] {(byte) 0xFF},
                  new byte[] {(byte) 0xC3},
                  new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0xBD},
                  new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98}))
          .toList();

  private final SplittableRandom random;
  private final List<byte[]> others;

  Mutator(SplittableRandom random, List<byte[]> others) {
    this.random = random;
    this.others = others;
  }

  byte[] mutated(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int changes = random.nextInt(MOST_CHANGES) + 1; changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
  }

  private byte[] changed(byte[] bytes) {
    int a = random.nextInt(bytes.length + 1);
    int b = random.nextInt(bytes.length + 1);
    int from = Math.min(a, b);
    int to = Math.max(a, b);
    return switch (random.nextInt(10)) {
      case 0 -> flipped(bytes);
      case 1 -> Arrays.copyOf(bytes, a);
      case 2 -> replaced(bytes, from, to, new byte[0]);
      case 3 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 4 -> spliced(bytes, a);
      case 5 -> replaced(bytes, from, Math.min(from + random.nextInt(9), bytes.length), token());
      default -> replaced(bytes, from, from, token());
    };
  }

  private byte[] flipped(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] spliced(byte[] bytes, int at) {
    byte[] other = others.get(random.nextInt(others.size()));
    int start = random.nextInt(other.length);
    return replaced(bytes, at, bytes.length, Arrays.copyOfRange(other, start, other.length));
  }

  private byte[] token() {
    return DICTIONARY.get(random.nextInt(DICTIONARY.size()));
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + with.length);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
    return result;
  }
}
