package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import io.meterline.core.MeterSink;
import io.meterline.core.Origin;
import io.meterline.core.PartLimits;
import io.meterline.core.Quarantine;
import io.meterline.core.delivery.DeliveryReport;
import io.meterline.core.delivery.PendingBatch;
import io.meterline.core.event.Source;
import io.meterline.core.files.InflatedContent.BrokenDataException;
import io.meterline.core.files.Rotation.Survey;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import io.meterline.core.lines.LineContext;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * <p>A log may have been rotated since the last run. Its rotated files are delivered to their end
 * first, under the log's path. A file is refused if delivered content in it was changed.
 */
public final class FileRun {
  /** So many cuts are delivered side by side. */
  private static final int CUTS = 8;

  /** Attempts to read a log that is truncated while it is read. */
  private static final int MOST_TRIES = 5;

  private final Sources sources;
  private final InputFormat form;
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

  /** Paths whose rotated files are all complete and known. */
  private final Set<String> surveyed = new HashSet<>();

  private DeliveryReport total = DeliveryReport.NOTHING;

  public FileRun(
      Sources sources,
      InputFormat form,
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
      InputFormat form,
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
    this.rotation = new Rotation(sources, form, checkpoints, options.settings());
  }

  /**
   * Delivers the content of rotated files that was not delivered yet, then that of the file.
   *
   * @param progress is told how many bytes of the file were read
   * @throws IOException where the file is refused or can't be read to its end, or something can't
   *     be written; what was delivered before is not delivered again
   */
  public DeliveryReport deliver(Path file, LongConsumer progress) throws IOException {
    // One channel for everything: another file may be at the path a moment later.
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
  public DeliveryReport total() {
    return total;
  }

  /**
   * As above, for a file that is open.
   *
   * @param held files that were open when they were rotated away from this one's path
   * @param awaitsLines whether a last line that does not end is left for later
   */
  DeliveryReport deliver(
      OpenFile file, List<OpenFile> held, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return tried(file, held, progress, awaitsLines);
      } catch (CutOffException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private DeliveryReport tried(
      OpenFile file, List<OpenFile> held, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    Optional<Path> log = rotation.logOf(file.path());
    if (log.isPresent()) {
      return rotated(file, log.get(), held, progress, awaitsLines);
    }
    String path = FileIdentity.path(file.path());
    Optional<Slot> last = rotation.last(file);
    if (last.isPresent() && surveyed.contains(path) && held.isEmpty()) {
      return current(file, last.get(), progress, awaitsLines);
    }
    surveyed.remove(path);
    try (Survey survey = rotation.survey(file, null, held)) {
      DeliveryReport report = former(file, survey, bytes -> {});
      checkpoints.forget(path, survey.there().keySet());
      if (survey.sure()) {
        surveyed.add(path);
      }
      if (survey.current().isPresent()) {
        return report.and(current(file, survey.current().get(), progress, awaitsLines));
      }
      return report.and(unknown(file, survey, progress, awaitsLines));
    }
  }

  /** Delivers a file that has the name of a rotated one, under the path of its log. */
  private DeliveryReport rotated(
      OpenFile file, Path log, List<OpenFile> held, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    List<OpenFile> all = new ArrayList<>(held);
    all.add(file);
    try (OpenFile now = OpenFile.of(log, sources, form);
        Survey survey = rotation.survey(now, file.path(), all)) {
      checkWhole(file, survey);
      return former(now, survey, progress);
    } catch (NoSuchFileException e) {
      // The log does not exist at the moment.
      return rotatedAlone(file.as(log), held, progress, awaitsLines);
    }
  }

  private DeliveryReport rotatedAlone(
      OpenFile file, List<OpenFile> held, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    try (Survey survey = rotation.survey(file, null, held)) {
      checkWhole(file, survey);
      DeliveryReport report = former(file, survey, bytes -> {});
      if (survey.current().isPresent()) {
        return report.and(current(file, survey.current().get(), progress, awaitsLines));
      }
      return survey.files().isNew(file)
          ? report.and(readNew(file, file, progress, awaitsLines))
          : report;
    }
  }

  /** With --follow, a file that is being compressed is looked at again later. */
  private void checkWhole(OpenFile file, Survey survey) throws IOException {
    if (!options.awaitsLines() && survey.files().isIncomplete(file)) {
      throw new FileSystemException(
          FileNames.printable(file.path()),
          null,
          "the gzip data has no end: it is damaged or still being compressed; run again later");
    }
  }

  private DeliveryReport current(
      OpenFile file, Slot slot, LongConsumer progress, boolean awaitsLines) throws IOException {
    Checkpoint last = checkpoints.read(slot).orElseThrow();
    return last.isAllOf(file) && !last.isToBeReadAgain(options.settings())
        ? DeliveryReport.NOTHING
        : read(file, slot, lengthened(file, last), progress, awaitsLines);
  }

  /** Delivers rotated files: the rest of those with a checkpoint, then new ones. */
  private DeliveryReport former(OpenFile now, Survey survey, LongConsumer progress)
      throws IOException {
    DeliveryReport report = DeliveryReport.NOTHING;
    for (Map.Entry<Slot, OpenFile> one : survey.former().entrySet()) {
      OpenFile file = one.getValue();
      Checkpoint last = checkpoints.read(one.getKey()).orElseThrow();
      report = report.and(read(file, one.getKey(), last, progress, awaitsLines(file, now)));
    }
    for (OpenFile file : survey.overlooked()) {
      report = report.and(readNew(file, now, progress, awaitsLines(file, now)));
    }
    return report;
  }

  private boolean awaitsLines(OpenFile file, OpenFile now) throws IOException {
    long quiet = now.arrivalMillis() - file.arrivalMillis();
    return options.awaitsLines() && quiet <= PathFiles.QUIET_MILLIS;
  }

  /** Delivers a current file that has no checkpoint under its path. */
  private DeliveryReport unknown(
      OpenFile file, Survey survey, LongConsumer progress, boolean awaitsLines) throws IOException {
    if (isEmpty(file)) {
      if (survey.before().isPresent()) {
        cutOff(file, survey.before().get());
      }
      return DeliveryReport.NOTHING;
    }
    Optional<Slot> original = copies.original(file);
    if (original.isPresent()) {
      return readAs(file, original.get(), progress, awaitsLines);
    }
    if (survey.before().isPresent()) {
      Slot before = survey.before().get();
      Checkpoint last = checkpoints.read(before).orElseThrow();
      boolean rotated = survey.there().getOrDefault(before, false);
      boolean cutOff = last.trace().seen().equals(Stat.CUT_OFF);
      if (!rotated && !cutOff && last.trace().yielded() && isChanged(file, last)) {
        Checkpoint accepted = ChangedFile.accepted(file, last, options);
        return read(file, before, accepted, progress, awaitsLines);
      }
      if (!survey.there().containsKey(before)) {
        goneNotice(file);
      }
    }
    return readNew(file, file, progress, awaitsLines);
  }

  /** Whether it has no content, compressed or not. */
  private static boolean isEmpty(OpenFile file) throws IOException {
    try {
      return file.content().bytes(0, 1).length == 0;
    } catch (BrokenDataException e) {
      return false;
    }
  }

  private void cutOff(OpenFile file, Slot before) throws IOException {
    Checkpoint last = checkpoints.read(before).orElseThrow();
    if (last.trace().seen().isSameFile(file.stat())) {
      checkpoints.write(before, last.with(last.trace().with(Stat.CUT_OFF)));
    }
  }

  private static boolean isChanged(OpenFile file, Checkpoint last) throws IOException {
    Fingerprint before = last.trace().fingerprint();
    return before.isMostlyIn(file.content())
        || (last.head().isHeadOf(file.content()) && before.isCutShortIn(file.content()));
  }

  private void goneNotice(OpenFile file) {
    options
        .notices()
        .accept(
            "%s: has new content, and no rotated file beside it holds what was delivered before."
                    .formatted(FileNames.printable(file.path()))
                + " It is read from its start. If the log was rotated, lines written between the"
                + " last run and the rotation are not delivered. If it was edited, its records"
                + " are counted again");
  }

  /** Delivers a file that has no checkpoint, as the next generation of a path. */
  private DeliveryReport readNew(
      OpenFile file, OpenFile now, LongConsumer progress, boolean awaitsLines) throws IOException {
    List<Slot> slots = checkpoints.slots(FileIdentity.path(now.path()));
    int generation = slots.isEmpty() ? 0 : slots.getLast().generation() + 1;
    FileIdentity identity = FileIdentity.of(now.path(), file.channel(), generation);
    Checkpoint start = new Checkpoint(identity, 0);
    return read(file, Slot.of(identity), start, progress, awaitsLines);
  }

  private DeliveryReport readAs(
      OpenFile file, Slot original, LongConsumer progress, boolean awaitsLines) throws IOException {
    Checkpoint last = checkpoints.read(original).orElseThrow();
    DeliveryReport report = read(file, original, last, progress, awaitsLines);
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

  private DeliveryReport read(
      OpenFile file, Slot slot, Checkpoint last, LongConsumer progress, boolean awaitsLines)
      throws IOException {
    Checkpoint start = ResumePoint.of(file, slot, last, options, checkpoints);
    InFlightBatches underWay = new InFlightBatches(() -> new PendingBatch(sink, quarantine));
    LineContext lines = new LineContext(origin, start.identity().name(), null);
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
}
