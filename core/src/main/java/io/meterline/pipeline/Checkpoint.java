package io.meterline.pipeline;

import static java.util.Objects.requireNonNull;

import io.meterline.PartLimits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * How far a file was delivered, and the cuts that are being delivered now.
 *
 * <p>A cut is written down before it is delivered. After a crash the same stretch is cut again,
 * with the same bounds, so that its objects have the names of those that may be there already,
 * however much the file has grown or the options have changed.
 *
 * @param identity the file as batches name it
 * @param delivered every byte before this offset needs not be read again
 * @param tail a hash of what stands before that; empty where none was taken
 * @param cuts one after the other, the first from {@code delivered} on
 */
record Checkpoint(FileIdentity identity, long delivered, String tail, List<Cut> cuts) {
  /**
   * A stretch that is being delivered.
   *
   * @param to the offset at which it ends
   * @param arrivalMillis the date of its objects, where none of its lines has a time
   */
  record Cut(long to, long arrivalMillis, PartLimits limits) {}

  Checkpoint {
    requireNonNull(identity, "identity is null");
    requireNonNull(tail, "tail is null");
    cuts = List.copyOf(cuts);
  }

  /** Delivered up to there, and nothing on its way. */
  Checkpoint(FileIdentity identity, long delivered) {
    this(identity, delivered, "", List.of());
  }

  /** The same, and these cuts on their way. */
  Checkpoint with(List<Cut> next) {
    return new Checkpoint(identity, delivered, tail, next);
  }

  /** The same, with a hash of what stands before the offset. */
  Checkpoint withTail(String hash) {
    return new Checkpoint(identity, delivered, hash, cuts);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    text.append("version=2\n");
    text.append("path=").append(escape(identity.path())).append('\n');
    text.append("generation=").append(identity.generation()).append('\n');
    text.append("head=").append(identity.headBytes()).append(':').append(identity.headHash());
    text.append('\n');
    text.append("delivered=").append(delivered).append('\n');
    text.append("tail=").append(tail).append('\n');
    for (int i = 0; i < cuts.size(); i++) {
      Cut cut = cuts.get(i);
      text.append("cut.").append(i).append('=').append(cut.to());
      text.append(':').append(cut.arrivalMillis());
      text.append(':').append(cut.limits().maxRecords());
      text.append(':').append(cut.limits().maxBytes()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Reads what {@link #toBytes} wrote, or its first version did, which had one cut at most. */
  static Checkpoint parse(byte[] bytes) throws IOException {
    Properties text = new Properties();
    try {
      text.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
      String version = value(text, "version");
      if (!version.equals("1") && !version.equals("2")) {
        throw new IOException("it is of version " + version + ", which is not known here");
      }
      String[] head = value(text, "head").split(":", 2);
      if (head.length != 2) {
        throw new IOException("it has head=%s, not a length and a hash".formatted(head[0]));
      }
      FileIdentity identity =
          new FileIdentity(
              value(text, "path"),
              (int) number("generation", value(text, "generation"), 0, Integer.MAX_VALUE),
              (int) number("head", head[0], 0, FileIdentity.HEAD_BYTES),
              head[1]);
      List<Cut> cuts = version.equals("1") ? cutOfVersion1(text) : cuts(text);
      long delivered = number("delivered", value(text, "delivered"), 0, Long.MAX_VALUE);
      long before = delivered;
      for (Cut cut : cuts) {
        if (cut.to() < before) {
          throw new IOException(
              "it has a cut that ends at %d, before %d".formatted(cut.to(), before));
        }
        before = cut.to();
      }
      return new Checkpoint(identity, delivered, text.getProperty("tail", ""), cuts);
    } catch (IllegalArgumentException e) {
      // An escape that the format does not have.
      throw new IOException("it is broken: " + e.getMessage(), e);
    }
  }

  private static long number(String name, String text, long least, long most) throws IOException {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("it has %s=%s, not a number".formatted(name, text), e);
    }
    throw new IOException(
        "it has %s=%s, not a number between %d and %d".formatted(name, text, least, most));
  }

  private static Cut cut(String to, String arrival, String records, String bytes)
      throws IOException {
    return new Cut(
        number("cut.to", to, 0, Long.MAX_VALUE),
        number("cut.arrival", arrival, Long.MIN_VALUE, Long.MAX_VALUE),
        new PartLimits(
            (int) number("cut.records", records, 1, Integer.MAX_VALUE),
            (int) number("cut.bytes", bytes, 1, Integer.MAX_VALUE)));
  }

  private static List<Cut> cuts(Properties text) throws IOException {
    List<Cut> cuts = new ArrayList<>();
    String cut = text.getProperty("cut.0");
    while (cut != null) {
      String[] numbers = cut.split(":", -1);
      if (numbers.length != 4) {
        throw new IOException("it has the cut %s, not four numbers".formatted(cut));
      }
      cuts.add(cut(numbers[0], numbers[1], numbers[2], numbers[3]));
      cut = text.getProperty("cut." + cuts.size());
    }
    return cuts;
  }

  private static List<Cut> cutOfVersion1(Properties text) throws IOException {
    if (!text.containsKey("cut.to")) {
      return List.of();
    }
    return List.of(
        cut(
            value(text, "cut.to"),
            value(text, "cut.arrival"),
            value(text, "cut.records"),
            value(text, "cut.bytes")));
  }

  private static String value(Properties text, String name) throws IOException {
    String value = text.getProperty(name);
    if (value == null) {
      throw new IOException("it has no " + name);
    }
    return value;
  }
}
