package io.meterline.core.files;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterline.core.BodyFormat;
import io.meterline.core.Limits;
import io.meterline.core.MeterSink;
import io.meterline.core.ObjectLayout;
import io.meterline.core.Origin;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.QuarantineLayout;
import io.meterline.core.delivery.DeliveryReport;
import io.meterline.core.find.Markers;
import io.meterline.core.folder.FolderQuarantine;
import io.meterline.core.folder.FolderSink;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A log, the folder it is delivered to and the folder of checkpoints. */
public final class Bench {
  public static final PartLimits CUTS_OF_TWO = new PartLimits(2, 1_000_000);

  private final Path home;
  private final int cuts;
  private final List<String> notices = new ArrayList<>();
  private Markers markers = Markers.DEFAULT;
  private FileOptions options = FileOptions.strict(notices::add);

  public Bench(Path home) {
    this(home, 3);
  }

  /** Whose runs deliver so many cuts at a time. */
  public Bench(Path home, int cuts) {
    this.home = home;
    this.cuts = cuts;
  }

  /** As it is, with other options; what they say goes to {@link #notices}. */
  Bench with(boolean acceptChanged, boolean allowCopies) {
    Bench other = new Bench(home, cuts);
    other.options =
        new FileOptions(acceptChanged, allowCopies, false, Settings.NONE, other.notices::add);
    return other;
  }

  /** The same bench with other settings and markers. */
  Bench with(Settings settings, Markers otherMarkers) {
    Bench other = new Bench(home, cuts);
    other.options = new FileOptions(false, false, false, settings, other.notices::add);
    other.markers = otherMarkers;
    return other;
  }

  /** What runs had to say. */
  List<String> notices() {
    return notices;
  }

  Path file(String name) {
    return home.resolve(name);
  }

  Path log() {
    return file("app.log");
  }

  Path checkpoints() {
    return file("state");
  }

  Path sinkFolder() {
    return file("out");
  }

  public MeterSink sink() {
    return new FolderSink(sinkFolder(), new ObjectLayout("records", BodyFormat.NDJSON));
  }

  public Quarantine quarantine() {
    return new FolderQuarantine(sinkFolder(), QuarantineLayout.DEFAULT);
  }

  /** One run of a process over the log. */
  DeliveryReport run() throws IOException {
    return run(CUTS_OF_TWO);
  }

  DeliveryReport run(PartLimits limits) throws IOException {
    return run(log(), limits, sink(), quarantine());
  }

  /** A run that is killed at a step of its delivery (see {@link Faults}). */
  void runKilledAt(int step, PartLimits limits) {
    Faults faults =
        new Faults(
            step,
            () -> {
              throw new Killed();
            });
    assertThatExceptionOfType(Killed.class)
        .isThrownBy(() -> run(log(), limits, faults.in(sink()), faults.in(quarantine())));
  }

  DeliveryReport run(Path file, PartLimits limits, MeterSink sink, Quarantine quarantine)
      throws IOException {
    try (Checkpoints open = Checkpoints.open(checkpoints())) {
      Sources sources = new Sources(markers, Limits.DEFAULT);
      return new FileRun(
              sources,
              InputFormat.AUTO,
              Origin.UNKNOWN,
              sink,
              quarantine,
              open,
              limits,
              options,
              cuts)
          .deliver(file, bytes -> {});
    }
  }

  /** The records in the folder, objects in the order of their names. */
  public List<String> records() throws IOException {
    return lines("records");
  }

  public List<String> quarantined() throws IOException {
    return lines("quarantine");
  }

  List<Path> objects() throws IOException {
    return files(sinkFolder());
  }

  private List<String> lines(String below) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(sinkFolder().resolve(below))) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
