package io.meterline.pipeline;

import static java.util.Objects.requireNonNull;

import io.meterline.PartLimits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * How far a file was delivered, and the cut that is being delivered now.
 *
 * <p>A cut is written down before it is delivered. After a crash the same stretch is cut again,
 * with the same bounds, so that its objects have the names of those that may be there already,
 * however much the file has grown or the options have changed.
 *
 * @param identity the file as batches name it
 * @param delivered every byte before this offset needs not be read again
 */
record Checkpoint(FileIdentity identity, long delivered, Optional<Cut> cut) {
  /**
   * A stretch that is being delivered.
   *
   * @param to the offset at which it ends
   * @param arrivalMillis the date of its objects, where none of its lines has a time
   */
  record Cut(long to, long arrivalMillis, PartLimits limits) {}

  Checkpoint {
    requireNonNull(identity, "identity is null");
    requireNonNull(cut, "cut is null");
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    text.append("version=1\n");
    text.append("path=").append(escape(identity.path())).append('\n');
    text.append("generation=").append(identity.generation()).append('\n');
    text.append("head=").append(identity.headBytes()).append(':').append(identity.headHash());
    text.append('\n');
    text.append("delivered=").append(delivered).append('\n');
    cut.ifPresent(
        next -> {
          text.append("cut.to=").append(next.to()).append('\n');
          text.append("cut.arrival=").append(next.arrivalMillis()).append('\n');
          text.append("cut.records=").append(next.limits().maxRecords()).append('\n');
          text.append("cut.bytes=").append(next.limits().maxBytes()).append('\n');
        });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Reads what {@link #toBytes} wrote. */
  static Checkpoint parse(byte[] bytes) throws IOException {
    Properties text = new Properties();
    try {
      text.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
      if (!"1".equals(text.getProperty("version"))) {
        throw new IOException("it is not of version 1");
      }
      String[] head = value(text, "head").split(":", 2);
      FileIdentity identity =
          new FileIdentity(
              value(text, "path"),
              Integer.parseInt(value(text, "generation")),
              Integer.parseInt(head[0]),
              head[1]);
      Optional<Cut> cut = Optional.empty();
      if (text.containsKey("cut.to")) {
        PartLimits limits =
            new PartLimits(
                Integer.parseInt(value(text, "cut.records")),
                Integer.parseInt(value(text, "cut.bytes")));
        cut =
            Optional.of(
                new Cut(
                    Long.parseLong(value(text, "cut.to")),
                    Long.parseLong(value(text, "cut.arrival")),
                    limits));
      }
      return new Checkpoint(identity, Long.parseLong(value(text, "delivered")), cut);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("it is broken: " + e.getMessage(), e);
    }
  }

  private static String value(Properties text, String name) throws IOException {
    String value = text.getProperty(name);
    if (value == null) {
      throw new IOException("it has no " + name);
    }
    return value;
  }
}
