package io.meterline.core;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where quarantine objects are below a bucket or folder, and what they hold: entries as NDJSON,
 * named as the batch is that they fell out of.
 */
public record QuarantineLayout(String prefix) {
  /** A folder of its own beside the records. */
  public static final QuarantineLayout DEFAULT = new QuarantineLayout("quarantine/");

  public QuarantineLayout {
    prefix = new ObjectLayout(prefix, BodyFormat.NDJSON).prefix();
  }

  /**
   * The key of these entries of the batch. Their details do not go into it: a receiver may word its
   * refusal in another way each time.
   */
  public String key(BatchId id, int part, List<Quarantined> entries) {
    CRC32C checksum = new CRC32C();
    for (Quarantined entry : entries) {
      checksum.update(entry.reason().word().getBytes(StandardCharsets.US_ASCII));
      checksum.update(
          switch (entry) {
            case Quarantined.BadRecord bad -> bad.message();
            case Quarantined.BadPayload bad -> bad.payload();
          });
    }
    String what = "%d:%d:%08x".formatted(part, entries.size(), checksum.getValue());
    return prefix + id.date() + "/" + id.name(what) + ".ndjson";
  }

  /** Each entry on a line of its own. */
  public ByteBuffer body(List<Quarantined> entries) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Quarantined entry : entries) {
      body.writeBytes(entry.toJson());
      body.write('\n');
    }
    return ByteBuffer.wrap(body.toByteArray());
  }
}
