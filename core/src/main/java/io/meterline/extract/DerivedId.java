package io.meterline.extract;

import io.meterline.Origin;
import io.meterline.RecordBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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

  void write(LogEvent event, int position, RecordBuffer out) {
    write(event, Integer.toString(position), out);
  }

  void write(LogEvent event, String position, RecordBuffer out) {
    Origin origin = event.origin();
    part(origin.owner());
    part(origin.logGroup());
    part(origin.logStream());
    sha256.update(event.idBytes(), event.idFrom(), event.idTo() - event.idFrom());
    sha256.update((byte) 0);
    part(position);
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

  private void part(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
