package io.meterline.extract;

import io.meterline.Origin;
import io.meterline.RecordBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The id of a record that brings none: 128 bits of SHA-256 over where it stands. It is a function
 * of the log event alone, so every way that the event can come gives the same.
 */
final class DerivedId {
  private static final int ID_BYTES = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha256 = sha256();
  private final byte[] hash = new byte[sha256.getDigestLength()];
  private final byte[] hex = new byte[2 * ID_BYTES];

  /** What is hashed, in one piece: the parts of the origin are there from the last event. */
  private byte[] text = new byte[256];

  private Origin origin = Origin.UNKNOWN;
  private int originTo = put(origin, 0);

  void write(LogEvent event, String position, RecordBuffer out) {
    if (!origin.equals(event.origin())) {
      origin = event.origin();
      originTo = put(origin, 0);
    }
    int to = put(event.idBytes(), event.idFrom(), event.idTo(), originTo);
    sha256.update(text, 0, put(position, to));
    try {
      sha256.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not fit its own length", e);
    }
    for (int i = 0; i < ID_BYTES; i++) {
      hex[2 * i] = HEX[hash[i] >> 4 & 0xF];
      hex[2 * i + 1] = HEX[hash[i] & 0xF];
    }
    out.write(hex, 0, hex.length);
  }

  private int put(Origin where, int at) {
    return put(where.logStream(), put(where.logGroup(), put(where.owner(), at)));
  }

  private int put(String part, int at) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    return put(bytes, 0, bytes.length, at);
  }

  /** Puts a part and the zero behind it; returns where the next one goes. */
  private int put(byte[] source, int from, int to, int at) {
    int end = at + to - from;
    if (end >= text.length) {
      text = Arrays.copyOf(text, 2 * end + 1);
    }
    System.arraycopy(source, from, text, at, to - from);
    text[end] = 0;
    return end + 1;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
