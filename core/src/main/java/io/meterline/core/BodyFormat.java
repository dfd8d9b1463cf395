package io.meterline.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** How an ingest object's body is written, and how its key ends. */
public enum BodyFormat {
  JSON(".json"),
  JSON_GZ(".json.gz"),
  NDJSON(".ndjson"),
  NDJSON_GZ(".ndjson.gz");

  private final String suffix;

  BodyFormat(String suffix) {
    this.suffix = suffix;
  }

  /** What a key of this format ends with. */
  public String suffix() {
    return suffix;
  }

  /** The word for it in settings: the suffix without its dot. */
  public String word() {
    return suffix.substring(1);
  }

  /** The words of all formats, for a message. */
  public static String words() {
    return Arrays.stream(values()).map(BodyFormat::word).collect(Collectors.joining(", "));
  }

  public static Optional<BodyFormat> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /** The body of a part: the same bytes whenever it is asked for. */
  public ByteBuffer body(BatchPart part) {
    ByteBuffer plain = this == JSON || this == JSON_GZ ? part.array() : part.lines();
    if (!isCompressed()) {
      return plain;
    }
    ByteBuffer compressed = gzip(plain);
    part.records().takeBack(plain);
    return compressed;
  }

  /** What {@code use} makes of the body of a part: it has no use for it after that. */
  public <T> T use(BatchPart part, BodyUse<T> use) throws IOException {
    ByteBuffer body = body(part);
    try {
      return use.of(body);
    } finally {
      part.records().takeBack(body);
    }
  }

  private static ByteBuffer gzip(ByteBuffer plain) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(plain.remaining() / 4);
    try (OutputStream out = new GZIPOutputStream(body)) {
      out.write(plain.array(), plain.arrayOffset() + plain.position(), plain.remaining());
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    return ByteBuffer.wrap(body.toByteArray());
  }

  public boolean isCompressed() {
    return this == JSON_GZ || this == NDJSON_GZ;
  }

  /** What is done with a body, and done when it returns. */
  @FunctionalInterface
  public interface BodyUse<T> {
    T of(ByteBuffer body) throws IOException;
  }
}
