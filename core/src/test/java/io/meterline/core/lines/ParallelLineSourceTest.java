package io.meterline.core.lines;

import static io.meterline.core.input.Samples.message;
import static io.meterline.core.input.Samples.record;
import static io.meterline.core.input.Samples.records;
import static io.meterline.core.input.Samples.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.event.Source;
import io.meterline.core.event.Window;
import io.meterline.core.find.Extractor;
import io.meterline.core.find.Findings;
import io.meterline.core.find.Markers;
import io.meterline.core.input.Found;
import io.meterline.core.input.Samples;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines that threads read side by side hold what they hold line by line. */
final class ParallelLineSourceTest {
  private static final Limits LIMITS = new Limits(2_000, 100_000, 3_000);
  private static final LineContext LOG = new LineContext(Origin.UNKNOWN, "test", null);

  private final Path log;

  ParallelLineSourceTest() throws IOException {
    log = Files.createTempFile("lines", ".log");
  }

  @AfterEach
  @AfterTry
  void delete() throws IOException {
    Files.delete(log);
  }

  /** What may be in a log, by the number of a record. */
  private static final List<IntFunction<String>> PIECES =
      List.of(
          number -> message(number) + "\n",
          number -> "[main] " + message(number) + " " + message(number + 1000) + "\r\n",
          number ->
              "2026-11-24T00:00:00.001Z " + message(number).replace(",\"uni", "\n,\"uni") + "\n",
          number -> message(number).replace("{", "{\n").replace(",", ",\n  ") + "\n",
          number -> "meter_record_for_stream\n" + record(number) + " and " + message(number) + "\n",
          number -> message(number) + message(number).replace("}", "\n}") + "\n",
          number -> message(number).substring(0, 60) + "\n",
          number -> "meter_record_for_cw [" + record(number) + ",\n" + record(number) + "\n]\n",
          number -> message(number).replace(":", ";") + "\n",
          number -> "nothing here\n",
          number -> "\n}\n",
          number -> "-".repeat(number % 60 * 7) + "\n",
          number -> "x".repeat(3_500) + message(number) + "\n",
          number -> "{\"message\":" + Samples.quoted(message(number)) + "}\n");

  private static byte[] log(SplittableRandom random) {
    StringBuilder log = new StringBuilder();
    int pieces = random.nextInt(400);
    for (int number = 0; number < pieces; number++) {
      // Most logs hold mostly the same.
      int kind = random.nextInt(3) > 0 ? 0 : random.nextInt(PIECES.size());
      log.append(PIECES.get(kind).apply(number));
    }
    int cut = random.nextBoolean() ? 0 : Math.min(log.length(), random.nextInt(100));
    return utf8(log.substring(0, log.length() - cut));
  }

  private static Source oneByOne(Path file) throws IOException {
    return source(file, 1, 0);
  }

  private static Source source(Path file, int threads, int blockBytes) throws IOException {
    return source(file, threads, blockBytes, LOG, read -> {});
  }

  private static Source source(
      Path file, int threads, int blockBytes, LineContext context, LongConsumer progress)
      throws IOException {
    FileChannel channel = FileChannel.open(file);
    Window window = new Window(Channels.newInputStream(channel), LIMITS.maxPayloadBytes());
    window.limit(LIMITS.maxLineBytes());
    LineSource lines = new LineSource(window, extractor(), context);
    return threads == 1
        ? lines
        : new ParallelLineSource(
            channel,
            window,
            lines,
            () -> new LineChunk(extractor(), context, blockBytes),
            threads,
            blockBytes,
            progress);
  }

  private static Extractor extractor() {
    return new Extractor(Markers.DEFAULT, LIMITS);
  }

  /** Each step that found something, what it found, and how far it got; then the counts. */
  private static List<String> steps(Source source, boolean grows) throws IOException {
    List<String> steps = new ArrayList<>();
    Findings out = new Findings();
    if (grows) {
      source.mayGrow();
    }
    while (!(grows && source.isAtUnfinishedEnd()) && source.next(out)) {
      if (out.records().count() > 0) {
        List<String> found = new ArrayList<>();
        long newest = out.newestTimestamp();
        Found.take(out, found);
        steps.add(source.offset() + ": " + newest + " " + found);
      }
      out.takeEntries().forEach(entry -> steps.add(new String(entry.toJson(), UTF_8)));
    }
    steps.add(
        "%d: %b, %d events, %d refused"
            .formatted(
                source.offset(), source.isAtUnfinishedEnd(), out.events(), out.entriesFound()));
    return steps;
  }

  @Property(tries = 2_000)
  void theStepsAreThoseOfOneThread(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = Files.write(log, log(random));
    int block = 500 + random.nextInt(5_000);
    boolean grows = random.nextBoolean();
    try (Source alone = oneByOne(file);
        Source together = source(file, 2, block)) {
      assertThat(steps(together, grows)).isEqualTo(steps(alone, grows));
    }
  }

  @Property(tries = 500)
  void aStretchReadAgainIsTheSame(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = Files.write(log, log(random));
    int block = 500 + random.nextInt(5_000);
    int most = random.nextInt(30);
    List<Long> offsets = new ArrayList<>(List.of(0L));
    try (Source source = source(file, 2, block)) {
      Findings out = new Findings();
      while (!source.isAtUnfinishedEnd() && offsets.size() < most && source.next(out)) {
        offsets.add(source.offset());
      }
    }
    long from = offsets.get(random.nextInt(offsets.size()));
    long to = offsets.getLast();
    assertThat(stretch(source(file, 3, block), from, to))
        .isEqualTo(stretch(oneByOne(file), from, to));
  }

  /** What is up to {@code to}, and then what follows. */
  private static List<String> stretch(Source source, long from, long to) throws IOException {
    try (source) {
      source.skip(from);
      List<String> records = new ArrayList<>();
      Findings out = new Findings();
      source.endAt(to);
      while (source.offset() < to && source.next(out)) {
        // As far as the stretch goes.
      }
      Found.take(out, records);
      records.add("behind " + source.offset());
      source.endAt(Long.MAX_VALUE);
      for (int steps = 0; steps < 3 && source.next(out); steps++) {
        // A few steps into what follows, and then another bound, which is lifted at once.
      }
      source.endAt(source.offset());
      source.endAt(Long.MAX_VALUE);
      Found.take(out, records);
      records.addAll(Found.in(source).records());
      return records;
    }
  }

  @Test
  void aRecordMayGoOnOverTheEndsOfSeveralBlocks() throws IOException {
    Files.writeString(
        log,
        Samples.lines(0, 20)
            + message(20).replace(",", ",\n" + " \n".repeat(100))
            + "\n"
            + Samples.lines(21, 300));
    try (Source source = source(log, 2, 2_000)) {
      assertThat(Found.in(source).records()).isEqualTo(records(0, 300));
    }
  }

  @Test
  void allButTheEndIsReadByOtherThreads() throws IOException {
    Files.writeString(log, Samples.lines(0, 3_000));
    Queue<Thread> readers = new ConcurrentLinkedQueue<>();
    InstantSource clock =
        () -> {
          readers.add(Thread.currentThread());
          return Instant.EPOCH;
        };
    AtomicLong read = new AtomicLong();
    LineContext timed = new LineContext(Origin.UNKNOWN, "test", clock);
    try (Source source = source(log, 2, 4_000, timed, read::set)) {
      assertThat(Found.in(source).records()).isEqualTo(records(0, 3_000));
    }
    assertThat(readers).hasSize(3_000);
    assertThat(readers.stream().filter(Thread.currentThread()::equals).count())
        .as("lines read by the thread that asks: the last ones, which fill no block")
        .isLessThan(50);
    assertThat(read.get()).isGreaterThan(Files.size(log) - 5_000);
  }

  @Test
  void aFileThatShrinksMeanwhileIsReadAsFarAsItGoes() throws IOException {
    Files.writeString(log, Samples.lines(0, 3_000));
    try (Source source = source(log, 2, 4_000)) {
      List<String> records = new ArrayList<>();
      Findings out = new Findings();
      assertThat(source.next(out)).isTrue();
      Files.writeString(log, Samples.lines(0, 100));
      while (source.next(out)) {
        // Up to the new end, or to where the old one was read.
      }
      Found.take(out, records);
      assertThat(records).isEqualTo(records(0, records.size())).hasSizeGreaterThanOrEqualTo(100);
    }
  }
}
