package io.meterline.core.files;

import static io.meterline.core.input.Samples.lines;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.core.Batch;
import io.meterline.core.BatchPart;
import io.meterline.core.Delivery;
import io.meterline.core.Limits;
import io.meterline.core.Origin;
import io.meterline.core.PartLimits;
import io.meterline.core.find.Markers;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Samples;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A log that is written, rotated and delivered in random steps. */
final class RotatedLog implements FollowRun.Troubles {
  private static final int ROUNDS = 12;
  private static final int MOST_STEPS = 6;
  private static final Duration LOOK = Duration.ofMillis(250);

  private final long seed;
  private final Random random;
  private final Random others;
  private final boolean concurrent;
  private final boolean all;
  private final Way way;

  /** What each new file starts with. */
  private final String banner;

  private final Bench bench;
  private final Path log;
  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private final Deque<Step> steps = new ArrayDeque<>();
  private int written;
  private int rotations;
  private int killIn;
  private volatile boolean ended;
  private final AtomicInteger allowed = new AtomicInteger();
  private long now = 1_000_000;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  /** How a log is rotated. */
  enum Way {
    RENAME,
    COPY_AND_TRUNCATE,
    RENAME_AND_COMPRESS
  }

  RotatedLog(Path home, Way way, long seed, boolean concurrent) {
    this.seed = seed;
    this.random = new Random(seed);
    this.others = new Random(seed + 1);
    this.concurrent = concurrent;
    this.all = seed % 4 > 1;
    this.banner = seed % 3 == 0 ? "the usual banner of the application\n".repeat(40) : "";
    this.way = way;
    this.bench = new Bench(home);
    this.log = bench.log();
  }

  /** Takes all steps, and checks that each record was delivered once. */
  void run() throws IOException {
    if (seed % 5 == 0) {
      // A link to nothing, as a tool that was removed may leave.
      Files.createSymbolicLink(
          bench.file(seed % 2 == 0 ? "app.log.old" : "app.log.99"), bench.file("gone"));
    }
    append();
    if (concurrent) {
      try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
        Future<?> rotating = thread.submit(this::stepUntilEnded);
        try {
          rounds();
        } finally {
          ended = true;
        }
        assertThat(rotating).as("seed %d, %s", seed, way).succeedsWithin(Duration.ofMinutes(1));
      }
    } else {
      rounds();
    }
    while (!steps.isEmpty()) {
      steps.removeFirst().take();
    }
    append();
    ended = true;
    killIn = Integer.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      round(20, true, true);
    }
    List<String> missing = new ArrayList<>(Samples.records(0, written));
    List<String> twice = new ArrayList<>();
    objects.values().stream()
        .flatMap(String::lines)
        .filter(record -> !missing.remove(record))
        .forEach(twice::add);
    assertThat(missing).as("missing, seed %d, %s: %s", seed, way, said).isEmpty();
    assertThat(twice).as("twice, seed %d, %s: %s", seed, way, said).isEmpty();
  }

  private void rounds() throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      killIn = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(20);
      try {
        round(1 + random.nextInt(12), random.nextBoolean(), random.nextBoolean());
      } catch (Killed e) {
        said.add("killed");
      }
      allowed.set(random.nextInt(3));
      while (!concurrent && allowed.get() > 0) {
        interfere();
      }
    }
  }

  /** The life of one process. */
  private void round(int looks, boolean follows, boolean finishes) throws IOException {
    try (Checkpoints checkpoints = Checkpoints.open(bench.checkpoints())) {
      if (!follows) {
        allowed.set(MOST_STEPS);
        FileRun run = run(checkpoints);
        for (Path file : files()) {
          deliver(run, file);
        }
        return;
      }
      try (FollowRun follow = follow(checkpoints)) {
        for (int look = 0; look < looks; look++) {
          allowed.set(MOST_STEPS);
          follow.look();
          now += LOOK.toMillis();
          interfere();
        }
        if (finishes) {
          follow.finish();
        }
      }
    }
  }

  /** The log alone, or all its files, as a glob may find them. */
  private List<Path> files() throws IOException {
    if (!all) {
      return Files.exists(log) ? List.of(log) : List.of();
    }
    try (Stream<Path> files = Files.list(log.getParent())) {
      return files.filter(file -> file.toString().contains("app.log")).sorted().toList();
    }
  }

  private void deliver(FileRun run, Path file) {
    try {
      run.deliver(file, bytes -> {});
    } catch (IOException e) {
      failed(file, e);
    }
  }

  private boolean stepUntilEnded() throws IOException {
    while (!ended) {
      // The log is not written faster than it is delivered, or a run would never end.
      if (allowed.get() > 0) {
        allowed.decrementAndGet();
        step();
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private FollowRun follow(Checkpoints checkpoints) {
    return new FollowRun(
        run(checkpoints),
        this::files,
        () -> Instant.ofEpochMilli(now),
        new FollowRun.Pace(Duration.ofSeconds(1), 3_000, 100),
        this);
  }

  private FileRun run(Checkpoints checkpoints) {
    return new FileRun(
        new Sources(Markers.DEFAULT, Limits.DEFAULT),
        InputFormat.AUTO,
        Origin.UNKNOWN,
        this::store,
        bench.quarantine(),
        checkpoints,
        Bench.CUTS_OF_TWO,
        new FileOptions(false, false, true, Settings.NONE, said::add),
        seed % 2 == 0 ? 1 : 3);
  }

  private synchronized Delivery store(Batch batch) throws IOException {
    pass();
    Delivery delivery = Delivery.NOTHING;
    for (BatchPart part : batch.parts(PartLimits.NONE)) {
      String text = StandardCharsets.UTF_8.decode(part.lines()).toString();
      boolean isNew = objects.putIfAbsent(part.name(), text) == null;
      delivery = delivery.and(Delivery.of(isNew));
    }
    pass();
    return delivery;
  }

  private void pass() throws IOException {
    if (killIn <= 0 || killIn-- == 0) {
      throw new Killed();
    }
    interfere();
  }

  /** A step of the writer or the rotation during a delivery, up to a limit. */
  private void interfere() throws IOException {
    if (!ended && !concurrent && allowed.getAndDecrement() > 0) {
      step();
    }
  }

  private void step() throws IOException {
    if (!steps.isEmpty()) {
      if (others.nextBoolean()) {
        steps.removeFirst().take();
      } else if (way != Way.COPY_AND_TRUNCATE) {
        append();
      }
      return;
    }
    int what = others.nextInt(8);
    if (what < 4) {
      append();
    } else if (what == 4 && !objects.isEmpty()) {
      rotate();
    }
  }

  private void append() throws IOException {
    int lines = 1 + others.nextInt(others.nextInt(6) == 0 ? 40 : 5);
    boolean isNew = !Files.exists(log) || Files.size(log) == 0;
    String start = isNew ? banner : "";
    Files.writeString(log, start + lines(written, written + lines), CREATE, APPEND);
    said.add("+" + lines);
    written += lines;
  }

  private void rotate() {
    said.add("rotate");
    for (int i = rotations; i > 0; i--) {
      Path older = log.resolveSibling("app.log." + i);
      Path oldest = log.resolveSibling("app.log." + (i + 1));
      Path packed = log.resolveSibling("app.log." + i + ".gz");
      steps.add(() -> moveIfThere(older, oldest));
      steps.add(() -> moveIfThere(packed, log.resolveSibling(oldest.getFileName() + ".gz")));
    }
    rotations++;
    Path first = log.resolveSibling("app.log.1");
    switch (way) {
      case RENAME, RENAME_AND_COMPRESS -> steps.add(() -> moveIfThere(log, first));
      case COPY_AND_TRUNCATE -> copyAndTruncate(first);
    }
    if (way == Way.RENAME_AND_COMPRESS) {
      compress(log.resolveSibling("app.log.2"), log.resolveSibling("app.log.2.gz"));
    }
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to);
    }
  }

  /** Nothing is written between the copy and the truncation: logrotate itself loses such lines. */
  private void copyAndTruncate(Path copy) {
    steps.add(() -> Files.write(copy, part(Files.readAllBytes(log), others.nextDouble())));
    steps.add(() -> Files.write(copy, Files.readAllBytes(log)));
    steps.add(() -> Files.setLastModifiedTime(copy, Files.getLastModifiedTime(log)));
    steps.add(() -> Files.write(log, List.<String>of(), TRUNCATE_EXISTING));
  }

  private void compress(Path file, Path packed) {
    double part = others.nextDouble();
    Step whole =
        () -> {
          if (Files.exists(file)) {
            Files.write(packed, Samples.gzip(Files.readAllBytes(file)));
            Files.setLastModifiedTime(packed, Files.getLastModifiedTime(file));
          }
        };
    steps.add(
        () -> {
          if (Files.exists(file)) {
            Files.write(packed, part(Samples.gzip(Files.readAllBytes(file)), part));
          }
        });
    steps.add(whole);
    steps.add(() -> Files.deleteIfExists(file));
  }

  private static byte[] part(byte[] bytes, double part) {
    return Arrays.copyOf(bytes, (int) (bytes.length * part));
  }

  /** One operation on the log or a rotated file. */
  private interface Step {
    void take() throws IOException;
  }

  @Override
  public void failed(Path file, IOException failure) {
    said.add("failed: " + file.getFileName() + ": " + failure.getMessage());
  }

  @Override
  public void notice(String line) {
    said.add(line);
  }
}
