package io.meterline.core.files;

import io.meterline.core.files.InflatedContent.BrokenDataException;
import io.meterline.core.files.RotatedNames.Dated;
import io.meterline.core.files.Rotation.Survey;
import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A log's current file and its rotated ones, as they were at one moment. */
final class PathFiles implements AutoCloseable {
  /** Shorter content may be the same by chance. */
  private static final int SURE_BYTES = 1024;

  private static final int STEP_BYTES = 64 * 1024;

  /** A rotated file that was not written to for this long is complete. */
  static final long QUIET_MILLIS = 60_000;

  private static final Comparator<Slot> BY_GENERATION = Comparator.comparingInt(Slot::generation);

  private final Sources sources;
  private final InputFormat form;
  private final Checkpoints checkpoints;
  private final Settings settings;
  private final OpenFile now;
  private final @Nullable Path named;
  private final List<OpenFile> held;
  private final String path;
  private final SortedMap<Slot, Checkpoint> known = new TreeMap<>(BY_GENERATION);

  /** The file of each checkpoint, if it was found and had to be opened. */
  private final Map<Slot, OpenFile> assigned = new HashMap<>();

  /** Checkpoints of files that did not change since they were delivered to their end. */
  private final Set<Slot> delivered = new HashSet<>();

  private final Map<OpenFile, Dated> names = new LinkedHashMap<>();
  private boolean sure = true;

  PathFiles(
      OpenFile now,
      @Nullable Path named,
      List<OpenFile> held,
      Sources sources,
      InputFormat form,
      Checkpoints checkpoints,
      Settings settings)
      throws IOException {
    this.sources = sources;
    this.form = form;
    this.checkpoints = checkpoints;
    this.settings = settings;
    this.now = now;
    this.named = named;
    this.held = held;
    this.path = FileIdentity.path(now.path());
    for (Slot slot : checkpoints.slots(path)) {
      known.put(slot, checkpoints.read(slot).orElseThrow());
    }
  }

  @Override
  public void close() throws IOException {
    for (OpenFile file : names.keySet()) {
      file.close();
    }
  }

  /** Matches the files with the checkpoints. Empty if one was moved or replaced meanwhile. */
  Optional<Survey> survey(List<Dated> found) throws IOException {
    Map<Slot, Boolean> there = new HashMap<>();
    for (Dated name : found.reversed()) {
      Optional<Slot> all = delivered(name.stat());
      sure &= isQuiet(name.stat());
      if (all.isPresent()) {
        delivered.add(all.get());
        there.put(all.get(), name.numbered());
      } else if (!name.stat().isSameFile(now.stat()) && !open(name)) {
        return Optional.empty();
      }
    }
    assign();
    List<OpenFile> overlooked = new ArrayList<>();
    for (OpenFile file : names.keySet()) {
      if (!assigned.containsValue(file) && isOverlooked(file)) {
        overlooked.add(file);
      }
    }
    Optional<Slot> current = Optional.empty();
    SortedMap<Slot, OpenFile> former = new TreeMap<>(BY_GENERATION);
    for (Map.Entry<Slot, OpenFile> one : assigned.entrySet()) {
      if (one.getValue().equals(now)) {
        current = Optional.of(one.getKey());
      } else {
        former.put(one.getKey(), one.getValue());
        Dated name = names.get(one.getValue());
        there.put(one.getKey(), name == null || name.numbered());
      }
    }
    return Optional.of(new Survey(current, before(), former, overlooked, there, sure, this));
  }

  private Optional<Slot> before() {
    Optional<Slot> sameFile =
        known.entrySet().stream()
            .filter(one -> one.getValue().trace().seen().isSameFile(now.stat()))
            .map(Map.Entry::getKey)
            .reduce((first, second) -> second);
    return sameFile.or(() -> known.isEmpty() ? Optional.empty() : Optional.of(known.lastKey()));
  }

  /** The checkpoint of a file that did not change since it was delivered to its end. */
  private Optional<Slot> delivered(Stat stat) {
    return known.entrySet().stream()
        .filter(one -> one.getValue().isAllOf(stat) && !stat.isSameFile(now.stat()))
        .filter(one -> !one.getValue().isToBeReadAgain(settings))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean open(Dated name) throws IOException {
    try {
      OpenFile file = OpenFile.of(name.path(), sources, form);
      names.put(file, name);
      return file.stat().key().equals(name.stat().key());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void assign() throws IOException {
    List<OpenFile> others = others();
    assign(now, checkpoint -> checkpoint.trace().seen().isSameFile(now.stat()));
    for (OpenFile file : others) {
      assign(file, checkpoint -> checkpoint.trace().seen().isSameFile(file.stat()));
    }
    assign(now, checkpoint -> checkpoint.reached() >= SURE_BYTES);
    for (OpenFile file : others) {
      if (!assigned.containsValue(file)) {
        assign(file, checkpoint -> true);
        takeOver(file);
      }
    }
    assign(now, checkpoint -> !checkpoint.trace().seen().equals(Stat.CUT_OFF));
  }

  private List<OpenFile> others() {
    List<OpenFile> others = new ArrayList<>(names.keySet());
    others.addAll(held);
    return others;
  }

  private void assign(OpenFile file, Predicate<Checkpoint> which) throws IOException {
    if (assigned.containsValue(file)) {
      return;
    }
    for (Slot slot : alike(file)) {
      if (!assigned.containsKey(slot)
          && !delivered.contains(slot)
          && which.test(checkpoint(slot))) {
        assigned.put(slot, file);
        return;
      }
    }
  }

  /**
   * Gives a checkpoint to a longer file with the same beginning: the log was truncated and starts
   * with the same lines again, or a rotated file was copied and the copy has more lines.
   */
  private void takeOver(OpenFile file) throws IOException {
    for (Slot slot : alike(file)) {
      boolean truncated = now.equals(assigned.get(slot)) && !isPartOf(file, now);
      if (!assigned.containsValue(file)
          && length(file) > checkpoint(slot).reached()
          && (truncated || delivered.contains(slot))) {
        assigned.put(slot, file);
      }
    }
  }

  private Checkpoint checkpoint(Slot slot) {
    return Objects.requireNonNull(known.get(slot), "not one of this path");
  }

  /** The path's checkpoints that match the file's content, the one that read most of it first. */
  private List<Slot> alike(OpenFile file) throws IOException {
    List<Slot> alike = new ArrayList<>();
    for (Slot slot : checkpoints.startingLike(file.content(), path)) {
      Checkpoint checkpoint = known.get(slot);
      if (checkpoint != null && isStart(checkpoint, file)) {
        alike.add(slot);
      }
    }
    alike.sort(Comparator.comparingLong(slot -> -checkpoint(slot).reached()));
    return alike;
  }

  private boolean isStart(Checkpoint checkpoint, OpenFile file) throws IOException {
    try {
      return checkpoint.isStartOf(file.content());
    } catch (BrokenDataException e) {
      // Only the log itself has to be readable.
      if (file.equals(now)) {
        throw e;
      }
      return false;
    }
  }

  /** Whether a file has no checkpoint and is still being compressed, or is damaged. */
  boolean isIncomplete(OpenFile file) throws IOException {
    return !assigned.containsValue(file) && isBeingCompressed(file);
  }

  /** Whether a file without a checkpoint has content that was not found anywhere else. */
  boolean isNew(OpenFile file) throws IOException {
    return length(file) > 0 && !isBeingCompressed(file) && !isCopy(file) && !isKnownElsewhere(file);
  }

  private boolean isOverlooked(OpenFile file) throws IOException {
    Dated name = Objects.requireNonNull(names.get(file), "it was opened by this name");
    return name.numbered()
        && (name.path().equals(named) || name.stat().modifiedMillis() >= fromMillis())
        && isNew(file);
  }

  /** Whether it is gzip data without an end that was written recently. */
  private boolean isBeingCompressed(OpenFile file) throws IOException {
    boolean packed = file.gzip() || file.path().toString().endsWith(".gz");
    if (!packed || isQuiet(file.stat())) {
      return false;
    }
    if (!file.inflated()) {
      sure = false;
      return true;
    }
    try {
      file.content().bytes(length(file), 1);
      return false;
    } catch (BrokenDataException e) {
      sure = false;
      return true;
    }
  }

  private boolean isQuiet(Stat file) throws IOException {
    return now.arrivalMillis() - file.modifiedMillis() > QUIET_MILLIS;
  }

  /** Files that were last changed before this time are older than everything delivered. */
  private long fromMillis() throws IOException {
    long from = checkpoints.firstMillis(path);
    for (OpenFile file : assigned.values()) {
      from = file.equals(now) ? from : Math.min(from, file.stat().modifiedMillis());
    }
    for (Slot slot : delivered) {
      from = Math.min(from, checkpoint(slot).trace().seen().modifiedMillis());
    }
    return from;
  }

  /** Whether it is a copy of another file, complete or in progress. */
  private boolean isCopy(OpenFile file) throws IOException {
    for (Slot slot : alike(file)) {
      long reached = checkpoint(slot).reached();
      if (length(file) <= reached
          ? reached >= SURE_BYTES || delivered.contains(slot)
          : reached >= SURE_BYTES && checkpoint(slot).trace().yielded()) {
        return true;
      }
    }
    if (!file.equals(now) && isPartOf(file, now) && (isSure(file) || !isOlder(file))) {
      // copytruncate truncates the log next; then this file has the rest of it.
      sure = false;
      return true;
    }
    for (OpenFile other : others()) {
      boolean packed = other.inflated() != file.inflated();
      if (!other.equals(file) && (packed || isSure(file)) && isPartOf(file, other)) {
        return packed || length(other) > length(file) || assigned.containsValue(other);
      }
    }
    return false;
  }

  private boolean isSure(OpenFile file) throws IOException {
    return length(file) >= SURE_BYTES || file.inflated() != now.inflated();
  }

  /** Whether a file was created before the log: then it was renamed and is not a copy. */
  private boolean isOlder(OpenFile file) throws IOException {
    try {
      return created(file).compareTo(created(now)) < 0;
    } catch (NoSuchFileException e) {
      // It was renamed just now; the survey notices and starts again.
      return false;
    }
  }

  private static FileTime created(OpenFile file) throws IOException {
    return Files.readAttributes(file.path(), BasicFileAttributes.class).creationTime();
  }

  /** Whether a file has the path of a checkpoint, or the name of a rotated file of it. */
  private static boolean mayBe(OpenFile file, Slot slot) {
    Path other = FileNames.path(slot.path());
    return file.path().toAbsolutePath().equals(other)
        || new RotatedNames(other).matches(file.path().getFileName().toString());
  }

  private boolean isKnownElsewhere(OpenFile file) throws IOException {
    for (Slot slot : checkpoints.startingLike(file.content(), path)) {
      Optional<Checkpoint> other = checkpoints.read(slot);
      if (!slot.path().equals(path)
          && other.isPresent()
          && (other.get().reached() >= SURE_BYTES || mayBe(file, slot))
          && isStart(other.get(), file)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the whole content of a file is the beginning of another one's. */
  private static boolean isPartOf(OpenFile file, OpenFile other) throws IOException {
    long size = length(file);
    try {
      return size > 0
          && other.content().bytes(size - 1, 1).length == 1
          && Fingerprint.of(file.content(), size).firstDifference(other.content()) < 0;
    } catch (BrokenDataException e) {
      // The other one is still being compressed and ends before that.
      return false;
    }
  }

  private static long length(OpenFile file) throws IOException {
    return file.inflated() ? inflatedLength(file.content()) : file.channel().size();
  }

  private static long inflatedLength(Content content) throws IOException {
    long at = 0;
    byte[] bytes = content.bytes(0, STEP_BYTES);
    while (bytes.length > 0) {
      at += bytes.length;
      try {
        bytes = content.bytes(at, STEP_BYTES);
      } catch (BrokenDataException e) {
        // It is still being compressed: this is its length so far.
        return at;
      }
    }
    return at;
  }
}
