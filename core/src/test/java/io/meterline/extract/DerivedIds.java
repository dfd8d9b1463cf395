package io.meterline.extract;

import io.meterline.Origin;
import io.meterline.samples.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Rule 4.3, written down a second time. */
final class DerivedIds {
  private DerivedIds() {}

  static String of(Origin origin, String eventId, int position) {
    return of(origin, eventId, String.valueOf(position));
  }

  static String of(Origin origin, String eventId, String position) {
    String parts =
        String.join(
            "\0", origin.owner(), origin.logGroup(), origin.logStream(), eventId, position, "");
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Bytes.utf8(parts));
      return HexFormat.of().formatHex(hash).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The id of the record at {@code position} of the event that {@link Harvest} makes. */
  static String at(int position) {
    return of(Harvest.ORIGIN, Harvest.EVENT_ID, position);
  }
}
