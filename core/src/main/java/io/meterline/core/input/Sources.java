package io.meterline.core.input;

import static java.util.Objects.requireNonNull;

import io.meterline.core.Limits;
import io.meterline.core.event.CountingStream;
import io.meterline.core.event.EventSource;
import io.meterline.core.event.PayloadReader;
import io.meterline.core.event.PayloadSource;
import io.meterline.core.event.Source;
import io.meterline.core.event.Window;
import io.meterline.core.fast.FastPath;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Markers;
import io.meterline.core.lines.LineChunk;
import io.meterline.core.lines.LineContext;
import io.meterline.core.lines.LineSource;
import io.meterline.core.lines.ParallelLineSource;
import io.meterline.core.record.LocalTimes;
import io.meterline.core.rule.Mapping;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/** Opens inputs of any form. */
public final class Sources {
  /** How often gzip may be inside gzip. */
  private static final int MAX_LAYERS = 3;

  private final Markers markers;
  private final Limits limits;
  private final Mapping mapping;
  private final int threads;
  private final LocalTimes localTimes;

  public Sources(Markers markers, Limits limits) {
    this(markers, limits, Mapping.NONE);
  }

  /** As above; records are also what the rules of {@code mapping} make. */
  public Sources(Markers markers, Limits limits, Mapping mapping) {
    this(markers, limits, mapping, 1);
  }

  /** As above; so many threads read the lines of a file, where there are enough of them. */
  public Sources(Markers markers, Limits limits, Mapping mapping, int threads) {
    this(markers, limits, mapping, threads, LocalTimes.utc());
  }

  /** As above; times without a zone that lines start with are read by {@code localTimes}. */
  public Sources(
      Markers markers, Limits limits, Mapping mapping, int threads, LocalTimes localTimes) {
    this.threads = threads;
    this.localTimes = requireNonNull(localTimes, "localTimes is null");
    this.mapping = requireNonNull(mapping, "mapping is null");
    this.markers = requireNonNull(markers, "markers is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /** Opens {@code in}, which the source closes; gzip is opened whatever the form. */
  public Source open(InputStream in, InputFormat form, LineContext lines) throws IOException {
    return open(new Window(in, limits.maxPayloadBytes()), form, lines, MAX_LAYERS);
  }

  /** As above; {@code progress} is told how many bytes of the file were read. */
  public Source open(FileChannel file, InputFormat form, LineContext lines, LongConsumer progress)
      throws IOException {
    return open(file, Channels.newInputStream(file), form, lines, progress);
  }

  private Source open(
      FileChannel file, InputStream in, InputFormat form, LineContext lines, LongConsumer progress)
      throws IOException {
    Window window = new Window(new CountingStream(in, progress), limits.maxPayloadBytes());
    Source source = open(window, form, lines, MAX_LAYERS);
    // Of what is compressed no stretch can be read by itself.
    return threads > 1
            && FastPath.LINES.isOn()
            && source instanceof LineSource oneByOne
            && oneByOne.reads(window)
        ? sideBySide(file, window, oneByOne, lines, progress)
        : source;
  }

  private Source sideBySide(
      FileChannel file,
      Window window,
      LineSource oneByOne,
      LineContext lines,
      LongConsumer progress) {
    int length = ParallelLineSource.BLOCK_BYTES;
    return new ParallelLineSource(
        file,
        window,
        oneByOne,
        () -> new LineChunk(extractor(), lines.with(localTimes), length),
        threads,
        length,
        progress);
  }

  /** As above, and the channel stays open when the source is closed. */
  public Source openAndKeep(
      FileChannel file, InputFormat form, LineContext lines, LongConsumer progress)
      throws IOException {
    file.position(0);
    InputStream in =
        new FilterInputStream(Channels.newInputStream(file)) {
          @Override
          public void close() {
            // Whoever opened the file goes on with it.
          }
        };
    return open(file, in, form, lines, progress);
  }

  /** How many layers of gzip are around the bytes that the offsets in such an input count. */
  public int layers(InputStream in, InputFormat form) throws IOException {
    InputStream stream = in;
    for (int layers = 0; ; layers++) {
      Window window = new Window(stream, limits.maxPayloadBytes());
      if (DetectedFormat.of(window) != DetectedFormat.GZIP) {
        return layers;
      }
      DetectedFormat inside = DetectedFormat.inside(window);
      if (isPayload(form, inside, MAX_LAYERS - layers)) {
        return layers;
      }
      if (inside != DetectedFormat.GZIP) {
        return layers + 1;
      }
      stream = new GunzipStream(window);
    }
  }

  /** What is inside so many layers of gzip. */
  public InputStream inflated(InputStream in, int layers) {
    InputStream stream = in;
    for (int i = 0; i < layers; i++) {
      stream = new GunzipStream(new Window(stream, limits.maxPayloadBytes()));
    }
    return stream;
  }

  private static boolean isPayload(InputFormat form, DetectedFormat inside, int layers) {
    return switch (form) {
      case AUTO -> inside == DetectedFormat.PAYLOAD || inside == DetectedFormat.OPEN || layers == 0;
      case LOGS -> inside != DetectedFormat.EVENT && (inside != DetectedFormat.GZIP || layers == 0);
      case KINESIS, LINES -> false;
    };
  }

  private Source open(Window window, InputFormat form, LineContext lines, int layers)
      throws IOException {
    DetectedFormat shape = DetectedFormat.of(window);
    if (shape != DetectedFormat.GZIP) {
      return source(window, form, shape, lines);
    }
    DetectedFormat inside = DetectedFormat.inside(window);
    if (isPayload(form, inside, layers)) {
      return payloads(window);
    }
    Window opened = new Window(new GunzipStream(window), limits.maxPayloadBytes());
    return inside == DetectedFormat.GZIP
        ? open(opened, form, lines, layers - 1)
        : source(opened, form, inside, lines);
  }

  private Source source(Window window, InputFormat form, DetectedFormat shape, LineContext lines) {
    return switch (form) {
      case KINESIS -> events(window);
      case LOGS -> shape == DetectedFormat.EVENT ? events(window) : payloads(window);
      case LINES -> lines(window, lines);
      case AUTO ->
          switch (shape) {
            case EVENT -> events(window);
            case PAYLOAD -> payloads(window);
            case LINES, GZIP, OPEN -> lines(window, lines);
          };
    };
  }

  private Source events(Window window) {
    return new EventSource(window, payloadReader());
  }

  private Source payloads(Window window) {
    return new PayloadSource(window, payloadReader(), limits.maxPayloadBytes());
  }

  private Source lines(Window window, LineContext lines) {
    window.limit(limits.maxLineBytes());
    return new LineSource(window, extractor(), lines.with(localTimes));
  }

  private PayloadReader payloadReader() {
    return new PayloadReader(extractor(), limits);
  }

  private Extractor extractor() {
    return new Extractor(markers, limits, mapping);
  }
}
