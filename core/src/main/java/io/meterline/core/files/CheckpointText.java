package io.meterline.core.files;

import io.meterline.core.PartLimits;
import io.meterline.core.files.Checkpoint.Cut;
import io.meterline.core.files.Fingerprint.Line;
import io.meterline.core.files.Trace.Edge;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Checkpoints as text: names and values, a line each. */
final class CheckpointText {
  private static final String VERSION = "1";

  private CheckpointText() {}

  static byte[] of(Checkpoint checkpoint) {
    FileIdentity identity = checkpoint.identity();
    Trace trace = checkpoint.trace();
    List<Cut> cuts = checkpoint.cuts();
    StringBuilder text = new StringBuilder();
    text.append("version=").append(VERSION).append('\n');
    text.append("path=").append(escape(identity.path())).append('\n');
    text.append("generation=").append(identity.generation()).append('\n');
    text.append("head=").append(identity.headBytes()).append(':').append(identity.headHash());
    text.append('\n');
    text.append("delivered=").append(checkpoint.delivered()).append('\n');
    text.append("tail=").append(text(trace.tail())).append('\n');
    text.append("seen=").append(text(trace.seen())).append('\n');
    text.append("yielded=").append(trace.yielded()).append('\n');
    text.append("inside=").append(text(trace.inside())).append('\n');
    text.append("raw=").append(text(trace.raw())).append('\n');
    text.append("reading=").append(escape(trace.settings().reading())).append('\n');
    text.append("writing=").append(escape(trace.settings().writing())).append('\n');
    Fingerprint fingerprint = trace.fingerprint();
    text.append("sampled=").append(fingerprint.extent()).append('\n');
    text.append("blocks=").append(hashes(fingerprint.blocks())).append('\n');
    text.append("lines=").append(lines(fingerprint.lines())).append('\n');
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

  private static String text(Edge edge) {
    return edge.isNone() ? "" : edge.bytes() + ":" + edge.hash();
  }

  private static String text(Stat seen) {
    return seen.size() + ":" + seen.modifiedMillis() + ":" + escape(seen.key());
  }

  private static String hashes(List<Long> hashes) {
    return hashes.stream().map(Long::toHexString).collect(Collectors.joining(","));
  }

  private static String lines(List<Line> lines) {
    return lines.stream()
        .map(line -> line.at() + ":" + Long.toHexString(line.hash()))
        .collect(Collectors.joining(","));
  }

  /** Reads the text of {@link #of}. */
  static Checkpoint parse(byte[] bytes) throws IOException {
    Properties text = new Properties();
    try {
      text.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
      String version = value(text, "version");
      if (!version.equals(VERSION)) {
        throw new IOException(
            "it has version %s, and this Meterline reads version %s".formatted(version, VERSION));
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
      List<Cut> cuts = cuts(text);
      long delivered = number("delivered", value(text, "delivered"), 0, Long.MAX_VALUE);
      checkOrder(delivered, cuts);
      return new Checkpoint(identity, delivered, cuts, trace(text));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("it is broken: " + e.getMessage(), e);
    }
  }

  private static void checkOrder(long delivered, List<Cut> cuts) throws IOException {
    long before = delivered;
    for (Cut cut : cuts) {
      if (cut.to() < before) {
        throw new IOException(
            "it has a cut that ends at %d, before %d".formatted(cut.to(), before));
      }
      before = cut.to();
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

  private static Trace trace(Properties text) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String line : words(value(text, "lines"))) {
      String[] parts = line.split(":", 2);
      lines.add(new Line(Long.parseLong(parts[0]), Long.parseUnsignedLong(parts[1], 16)));
    }
    List<Long> blocks =
        words(value(text, "blocks")).stream()
            .map(word -> Long.parseUnsignedLong(word, 16))
            .toList();
    return new Trace(
        Boolean.parseBoolean(value(text, "yielded")),
        edge(value(text, "inside")),
        edge(value(text, "raw")),
        edge(value(text, "tail")),
        new Fingerprint(
            number("sampled", value(text, "sampled"), 0, Long.MAX_VALUE), blocks, lines),
        seen(value(text, "seen")),
        new Settings(value(text, "reading"), value(text, "writing")));
  }

  private static List<String> words(String value) {
    return value.isEmpty() ? List.of() : List.of(value.split(",", -1));
  }

  private static Stat seen(String value) {
    String[] parts = value.split(":", 3);
    return new Stat(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private static Edge edge(String value) {
    String[] parts = value.split(":", 2);
    return value.isEmpty() ? Edge.NONE : new Edge(Long.parseLong(parts[0]), parts[1]);
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

  private static String value(Properties text, String name) throws IOException {
    String value = text.getProperty(name);
    if (value == null) {
      throw new IOException("it has no " + name);
    }
    return value;
  }
}
