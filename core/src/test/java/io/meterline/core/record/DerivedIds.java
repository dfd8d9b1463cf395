package io.meterline.core.record;

import io.meterline.core.Origin;
import io.meterline.core.find.Harvest;
import io.meterline.samples.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Rule 4.3, written down a second time. */
public final class DerivedIds {
  private DerivedIds() {}

  public static String of(Origin origin, String eventId, int position) {
    return of(origin, eventId, String.valueOf(position));
  }

  public static String of(Origin origin, String eventId, String position) {
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
  public static String at(int position) {
    return of(Harvest.ORIGIN, Harvest.EVENT_ID, position);
  }
}
