package io.meterline.ledger;

import io.meterline.core.Digests;
import io.meterline.ledger.place.ObjectSource;
import io.meterline.ledger.place.PlacedObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Bodies of objects as they were before compression, and their hashes. */
final class Bodies {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Bodies() {}

  static InputStream open(ObjectSource source, String key) throws IOException {
    InputStream bytes = source.open(key);
    if (!PlacedObject.isCompressed(key)) {
      return bytes;
    }
    try {
      return new GZIPInputStream(new BufferedInputStream(bytes, BUFFER_BYTES), BUFFER_BYTES);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  static String sha256(InputStream body) throws IOException {
    try (DigestInputStream digest = new DigestInputStream(body, Digests.sha256())) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }
  }
}
