package io.meterline;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Where quarantine objects stand below a bucket or folder, and what they hold: entries as NDJSON,
 * named as the batch is that they fell out of.
 */
public record QuarantineLayout(String prefix) {
  /** A folder of its own beside the records. */
  public static final QuarantineLayout DEFAULT = new QuarantineLayout("quarantine/");

  public QuarantineLayout {
    prefix = new ObjectLayout(prefix, BodyFormat.NDJSON).prefix();
  }

  public String key(BatchId id, int part) {
    return prefix + id.date() + "/" + id.name(part) + ".ndjson";
  }

  /** Each entry on a line of its own. */
  public byte[] body(List<Quarantined> entries) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Quarantined entry : entries) {
      body.writeBytes(entry.toJson());
      body.write('\n');
    }
    return body.toByteArray();
  }
}
