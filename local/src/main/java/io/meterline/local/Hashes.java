package io.meterline.local;

import io.meterline.core.Digests;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** MD5, with which Kinesis maps partition keys to shards. */
final class Hashes {
  private Hashes() {}

  /** As an unsigned number of 128 bits. */
  static BigInteger number(String text) {
    return new BigInteger(1, md5(text));
  }

  /** As 32 hexadecimal digits. */
  static String hex(String text) {
    return HexFormat.of().formatHex(md5(text));
  }

  private static byte[] md5(String text) {
    return Digests.md5().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
