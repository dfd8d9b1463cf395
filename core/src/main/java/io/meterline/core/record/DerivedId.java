package io.meterline.core.record;

import io.meterline.core.Digests;
import io.meterline.core.Origin;
import io.meterline.core.RecordBuffer;
import io.meterline.core.json.Swar;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The id of a record that brings none: 128 bits of SHA-256 over where it is. It is a function of
 * the log event alone, so every way that the event can come gives the same.
 */
final class DerivedId {
  /** How many hex digits it has; four bytes of the hash are eight of them. */
  private static final int DIGITS = 32;

  private final MessageDigest sha256 = Digests.sha256();
  private final byte[] hash = new byte[sha256.getDigestLength()];

  /** What is hashed, in one piece: the parts of the origin are there from the last event. */
  private byte[] text = new byte[256];

  private Origin origin = Origin.UNKNOWN;
  private int originTo = put(origin, 0);

  /**
   * Writes the id.
   *
   * @param position ASCII
   */
  void write(LogEvent event, String position, RecordBuffer out) {
    if (!origin.equals(event.origin())) {
      origin = event.origin();
      originTo = put(origin, 0);
    }
    int idTo = put(event.idBytes(), event.idFrom(), event.idTo(), originTo);
    // Before the array is named, since it may become a larger one.
    int to = putAscii(position, idTo);
    sha256.update(text, 0, to);
    try {
      sha256.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not fit its own length", e);
    }
    int at = out.open(DIGITS);
    for (int i = 0; i < DIGITS; i += Long.BYTES) {
      Swar.put(out.bytes(), at + i, Swar.hex(hash, i / 2));
    }
    out.wrote(at + DIGITS);
  }

  private int put(Origin where, int at) {
    return put(where.logStream(), put(where.logGroup(), put(where.owner(), at)));
  }

  private int put(String part, int at) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    return put(bytes, 0, bytes.length, at);
  }

  /** Puts a part and the zero after it; returns where the next one goes. */
  private int put(byte[] source, int from, int to, int at) {
    int end = open(at, to - from);
    System.arraycopy(source, from, text, at, to - from);
    text[end] = 0;
    return end + 1;
  }

  /** The same with digits and the like, of which each record has others: no array is made. */
  private int putAscii(String word, int at) {
    int end = open(at, word.length());
    for (int i = 0; i < word.length(); i++) {
      text[at + i] = (byte) word.charAt(i);
    }
    text[end] = 0;
    return end + 1;
  }

  /** Makes room for a part and its zero; returns where the zero goes. */
  private int open(int at, int length) {
    int end = at + length;
    if (end >= text.length) {
      text = Arrays.copyOf(text, 2 * end + 1);
    }
    return end;
  }
}
