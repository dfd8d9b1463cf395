package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import io.meterline.core.MeterSink;
import io.meterline.core.Origin;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.Delivering;
import io.meterline.core.delivery.RunReport;
import io.meterline.core.event.Source;
import io.meterline.core.files.RotatedNames.Dated;
import io.meterline.core.input.InputForm;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Delivers files, each from where the last run stopped, by some cuts at a time: they are written
 * down, then delivered while the next ones are read, then counted as done when those are written
 * down.
 *
 * <p>A path may stand for another file than in the last run. What tells is the content: a log that
 * was rotated away is delivered to its end under the name it had, and a file that was changed where
 * it was delivered already is refused.
 */
public final class FileRun {
  /** So many cuts are delivered side by side. */
  private static final int CUTS = 8;

  /** Generations from here on are those of files that were found late. */
  private static final int OVERLOOKED = 0x4000_0000;

  /** So often are rotated files looked for while they are renamed. */
  private static final int MOST_LOOKS = 10;

  /** Nothing more is expected in a log that was rotated away, so long after its last line. */
  private static final long QUIET_MILLIS = 60_000;

  private final Sources sources;
  private final InputForm form;
  private final Origin origin;
  private final MeterSink sink;
  private final Quarantine quarantine;
  private final Checkpoints checkpoints;
  private final PartLimits limits;
  private final FileOptions options;
  private final int cuts;
  private final Copies copies;
  private final Rotation rotation;
  private final Map<String, Path> identities = new HashMap<>();
  private final Set<Slot> checked = new HashSet<>();
  private RunReport total = RunReport.NOTHING;

  public FileRun(
      Sources sources,
      InputForm form,
      Origin origin,
      MeterSink sink,
      Quarantine quarantine,
      Checkpoints checkpoints,
      PartLimits limits,
      FileOptions options) {
    this(sources, form, origin, sink, quarantine, checkpoints, limits, options, CUTS);
  }

  /** As above, with so many cuts at a time. */
  FileRun(
      Sources sources,
      InputForm form,
      Origin origin,
      MeterSink sink,
      Quarantine quarantine,
      Checkpoints checkpoints,
      PartLimits limits,
      FileOptions options,
      int cuts) {
    this.cuts = cuts;
    this.sources = requireNonNull(sources, "sources is null");
    this.form = requireNonNull(form, "form is null");
    this.origin = requireNonNull(origin, "origin is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.quarantine = requireNonNull(quarantine, "quarantine is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.options = requireNonNull(options, "options is null");
    this.copies = new Copies(sources, form, checkpoints, options);
    this.rotation = new Rotation(sources, form, checkpoints);
  }

  /**
   * Delivers what the file holds beyond its checkpoint, and before that what a log still held that
   * was rotated away from its path.
   *
   * @param progress is told how many bytes of the file were read
   * @throws IOException where the file is refused or can't be read to its end, or something can't
   *     be written; what was delivered before is not delivered again
   */
  public RunReport deliver(Path file, LongConsumer progress) throws IOException {
    // One channel for all, since the path may stand for another file a moment later.
    try (OpenFile open = open(file)) {
      return deliver(open, List.of(), progress, options.awaitsLines());
    }
  }

  OpenFile open(Path file) throws IOException {
    Path other = identities.putIfAbsent(FileIdentity.path(file), file);
    if (other != null && !other.equals(file)) {
      throw new IOException(
          "%s and %s cannot be told apart by their names; rename one"
              .formatted(FileNames.printable(file), FileNames.printable(other)));
    }
    return OpenFile.of(file, sources, form);
  }

  /** The same file, which may have become longer. */
  OpenFile again(OpenFile file) throws IOException {
    return file.again(sources, form);
  }

  /** From here on, copies of files that were delivered before are refused. */
  void startRound() {
    checkpoints.startRound();
  }

  /** What all files came to, those included that failed half-way. */
  public RunReport total() {
    return total;
  }

  /**
   * As above, for a file that is open.
   *
   * @param held files that were open when they were rotated away from this one's path
   * @param awaitsLines whether a last line that does not end is left for later
   */
  RunReport deliver(OpenFile file, List<OpenFile> held, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    Slot slot = Slot.of(file.path());
    Optional<Checkpoint> own = checkpoints.read(slot);
    if (own.isPresent() && !own.get().isBlank() && own.get().stillHolds(file)) {
      Checkpoint last = own.get();
      RunReport before = former(file, slot, last, held);
      if (!checked.contains(slot)) {
        // A process that was killed may have overlooked some.
        before = before.and(overlooked(file, slot));
      }
      return last.isAllOf(file)
          ? before
          : before.and(read(file, slot, lengthened(file, last), progress, awaitsLines));
    }
    Optional<Slot> original = copies.original(file);
    if (original.isPresent()) {
      return readAs(file, original.get(), progress, awaitsLines);
    }
    if (own.isEmpty() || own.get().isBlank()) {
      int generation = own.isEmpty() ? 0 : own.get().identity().generation();
      RunReport before = own.isEmpty() ? RunReport.NOTHING : former(file, slot, own.get(), held);
      return before.and(read(file, slot, start(file, generation), progress, awaitsLines));
    }
    Checkpoint last = own.get();
    if (last.trace().yielded() && isChanged(file, last)) {
      Checkpoint accepted = ChangedFile.accepted(file, last, options);
      return read(file, slot, accepted, progress, awaitsLines);
    }
    return rotated(file, slot, last, held, progress, awaitsLines);
  }

  private static boolean isChanged(OpenFile file, Checkpoint last) throws IOException {
    Fingerprint before = last.trace().fingerprint();
    return before.isMostlyIn(file.content())
        || (last.head().isHeadOf(file.content()) && before.isCutShortIn(file.content()));
  }

  /** The path stands for another file now: delivers those that it stood for before, then this. */
  private RunReport rotated(
      OpenFile now,
      Slot slot,
      Checkpoint last,
      List<OpenFile> held,
      LongConsumer progress,
      boolean awaitsLines)
      throws IOException {
    RunReport report = RunReport.NOTHING;
    Checkpoint newest = last;
    RotatedNames names = new RotatedNames(now.path());
    boolean found;
    List<Dated> seen;
    int looks = 0;
    do {
      // Files that are renamed meanwhile would be missed: then all are looked at again.
      seen = names.files();
      Optional<OpenFile> previous = rotation.previous(now.path(), newest, held);
      found = previous.isPresent();
      if (found) {
        report = report.and(before(previous.get(), now, slot, newest, held));
        newest = checkpoints.read(slot).orElse(newest);
      }
    } while (++looks < MOST_LOOKS && !seen.equals(names.files()));
    if (!found) {
      options
          .notices()
          .accept(
              "%s: has new content, and no rotated file beside it holds what was delivered before."
                      .formatted(FileNames.printable(now.path()))
                  + " It is read from its start. If the log was rotated, lines written between the"
                  + " last run and the rotation are not delivered. If it was edited, its records"
                  + " are counted again");
    }
    checkpoints.retire(slot, newest);
    int generation = newest.identity().generation() + 1;
    report = report.and(read(now, slot, start(now, generation), progress, awaitsLines));
    return report.and(overlooked(now, slot));
  }

  /**
   * Delivers files that the path stood for and that were not seen: they were renamed, or the log
   * was cut off behind them, at the very moment in which they were looked for.
   */
  private RunReport overlooked(OpenFile now, Slot slot) throws IOException {
    RunReport report = RunReport.NOTHING;
    for (Path path : rotation.since(now.path(), Long.MAX_VALUE)) {
      try (OpenFile file = OpenFile.of(path, sources, form)) {
        Optional<Slot> unfinished = rotation.unfinished(file, now.path());
        Slot own = unfinished.orElse(slot.former(generationByContent(file)));
        Optional<Checkpoint> begun = checkpoints.read(own);
        if (begun.isPresent() || !rotation.isKnown(file, now)) {
          FileIdentity identity = FileIdentity.of(now.path(), file.channel(), own.generation());
          Checkpoint start = begun.orElse(new Checkpoint(identity, 0));
          report = report.and(read(file, own, start, bytes -> {}, false));
        }
      } catch (NoSuchFileException e) {
        // It was renamed just now; another look finds it.
      }
    }
    checked.add(slot);
    return report;
  }

  /** No number of a file that was seen when it was rotated away. */
  private static int generationByContent(OpenFile file) throws IOException {
    String head = FileIdentity.hash(file.content().bytes(0, FileIdentity.HEAD_BYTES));
    return OVERLOOKED | Integer.parseUnsignedInt(head.substring(0, 7), 16);
  }

  /** Delivers the rest of the file that the path stood for, and those that came after it. */
  private RunReport before(
      OpenFile file, OpenFile now, Slot slot, Checkpoint last, List<OpenFile> held)
      throws IOException {
    try {
      RunReport report = read(file, slot, last, bytes -> {}, options.awaitsLines());
      for (Path between : rotation.since(now.path(), file.modifiedMillis())) {
        Checkpoint newest = checkpoints.read(slot).orElse(last);
        report = report.and(between(between, now, slot, newest).orElse(RunReport.NOTHING));
      }
      return report;
    } finally {
      closeUnlessHeld(file, held);
    }
  }

  /** Delivers a file that the path stood for, but was rotated away before anyone saw it. */
  private Optional<RunReport> between(Path path, OpenFile now, Slot slot, Checkpoint newest)
      throws IOException {
    try (OpenFile file = OpenFile.of(path, sources, form)) {
      if (rotation.isKnown(file, now)) {
        return Optional.empty();
      }
      checkpoints.retire(slot, newest);
      FileIdentity identity =
          FileIdentity.of(now.path(), file.channel(), newest.identity().generation() + 1);
      return Optional.of(
          read(file, slot, new Checkpoint(identity, 0), bytes -> {}, options.awaitsLines()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Delivers what was written to the log before this one after it was rotated away. */
  private RunReport former(OpenFile now, Slot slot, Checkpoint newest, List<OpenFile> held)
      throws IOException {
    Slot before = slot.former(newest.identity().generation() - 1);
    Optional<Checkpoint> last =
        before.generation() < 0 ? Optional.empty() : checkpoints.read(before);
    if (last.isEmpty() || last.get().trace().settled()) {
      return RunReport.NOTHING;
    }
    Optional<OpenFile> previous = rotation.previous(now.path(), last.get(), held);
    if (previous.isEmpty()) {
      settle(before, last.get());
      return RunReport.NOTHING;
    }
    OpenFile file = previous.get();
    try {
      boolean quiet = now.arrivalMillis() - file.arrivalMillis() > QUIET_MILLIS;
      boolean awaitsLines = options.awaitsLines() && !quiet;
      RunReport report = read(file, before, last.get(), bytes -> {}, awaitsLines);
      if (quiet) {
        settle(before, checkpoints.read(before).orElseThrow());
      }
      return report;
    } finally {
      closeUnlessHeld(file, held);
    }
  }

  private void settle(Slot slot, Checkpoint checkpoint) throws IOException {
    checkpoints.write(slot, checkpoint.with(checkpoint.trace().settle()));
  }

  private static void closeUnlessHeld(OpenFile file, List<OpenFile> held) throws IOException {
    if (!held.contains(file)) {
      file.close();
    }
  }

  private RunReport readAs(OpenFile file, Slot original, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    Checkpoint last = checkpoints.read(original).orElseThrow();
    RunReport report = read(file, original, last, progress, awaitsLines);
    if (!report.isNothingNew()) {
      options
          .notices()
          .accept(
              "%s: was %s when its beginning was delivered; only what follows is new"
                  .formatted(
                      FileNames.printable(file.path()),
                      FileNames.printable(FileNames.path(original.path()))));
    }
    return report;
  }

  private RunReport read(
      OpenFile file, Slot slot, Checkpoint start, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    CutsUnderWay underWay = new CutsUnderWay(() -> new Delivering(sink, quarantine));
    LineContext lines = new LineContext(origin, start.identity().path(), null);
    try (underWay;
        Source source = sources.openAndKeep(file.channel(), form, lines, progress)) {
      if (!file.gzip()) {
        source.mayGrow();
      }
      source.skip(start.delivered());
      new FileDelivery(file, source, slot, start, checkpoints, underWay, limits, cuts, awaitsLines)
          .deliver();
      return underWay.report();
    } finally {
      total = total.and(underWay.report());
    }
  }

  /** The file may have been shorter than a head then: the longer, the surer it is told by it. */
  private static Checkpoint lengthened(OpenFile file, Checkpoint last) throws IOException {
    int generation = last.identity().generation();
    return last.cuts().isEmpty()
        ? last.with(FileIdentity.of(file.path(), file.channel(), generation))
        : last;
  }

  private static Checkpoint start(OpenFile file, int generation) throws IOException {
    return new Checkpoint(FileIdentity.of(file.path(), file.channel(), generation), 0);
  }
}
