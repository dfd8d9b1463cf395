package io.meterline.lambda.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The encoding in which the SDK sends a body whose checksum follows it. */
final class AwsChunks {
  private AwsChunks() {}

  /** The body that the chunks hold. */
  static byte[] join(byte[] chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int lineEnd = at;
      while (chunks[lineEnd] != '\r') {
        lineEnd++;
      }
      String line = new String(chunks, at, lineEnd - at, StandardCharsets.US_ASCII);
      int size = Integer.parseInt(line.split(";", 2)[0], 16);
      if (size == 0) {
        return body.toByteArray();
      }
      body.write(chunks, lineEnd + 2, size);
      at = lineEnd + 2 + size + 2;
    }
  }
}
