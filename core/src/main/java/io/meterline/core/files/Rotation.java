package io.meterline.core.files;

import io.meterline.core.files.RotatedNames.Dated;
import io.meterline.core.input.InputForm;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what became of a log that was rotated away, by its content. */
final class Rotation {
  /** What is shorter may be alike by chance. */
  private static final int SURE_BYTES = 1024;

  /** So often a folder is listed in which files are renamed all the time. */
  private static final int MOST_LOOKS = 10;

  private final Sources sources;
  private final InputForm form;
  private final Checkpoints checkpoints;

  Rotation(Sources sources, InputForm form, Checkpoints checkpoints) {
    this.sources = sources;
    this.form = form;
    this.checkpoints = checkpoints;
  }

  /**
   * The file that a log was, under another name.
   *
   * @param held files that were open when they were rotated away, for where it has no name any more
   */
  Optional<OpenFile> previous(Path log, Checkpoint last, List<OpenFile> held) throws IOException {
    RotatedNames names = new RotatedNames(log);
    List<Dated> seen = names.files();
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      for (Dated sibling : seen) {
        Optional<OpenFile> file = open(sibling.path(), last);
        if (file.isPresent()) {
          return file;
        }
      }
      // A file that is renamed meanwhile would be missed: then all are looked at again.
      List<Dated> before = seen;
      seen = names.files();
      if (seen.equals(before)) {
        break;
      }
    }
    for (OpenFile file : held) {
      if (last.isStartOf(file.content())) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private Optional<OpenFile> open(Path path, Checkpoint last) throws IOException {
    OpenFile file;
    try {
      file = OpenFile.of(path, sources, form);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    boolean found = false;
    try {
      found = last.isStartOf(file.content());
      return found ? Optional.of(file) : Optional.empty();
    } finally {
      if (!found) {
        file.close();
      }
    }
  }

  /**
   * Files that the log may have been, the oldest first: those with a number or a date in their name
   * that were changed since it was first delivered from, or since {@code fromMillis}.
   */
  List<Path> since(Path log, long fromMillis) throws IOException {
    long from = Math.min(fromMillis, checkpoints.firstMillis(Slot.of(log)));
    RotatedNames names = new RotatedNames(log);
    List<Path> since = new ArrayList<>();
    for (Dated sibling : names.files()) {
      if (sibling.modified().toMillis() >= from
          && names.isNumbered(sibling.path().getFileName().toString())) {
        since.addFirst(sibling.path());
      }
    }
    return since;
  }

  /**
   * The checkpoint of a log that was rotated away while batches of it were in flight: they may not
   * have been delivered.
   */
  Optional<Slot> unfinished(OpenFile file, Path log) throws IOException {
    String path = FileIdentity.path(log);
    for (Slot slot : checkpoints.startingLike(file.content())) {
      Optional<Checkpoint> checkpoint = checkpoints.read(slot);
      if (slot.path().equals(path)
          && !slot.isNewest()
          && checkpoint.isPresent()
          && !checkpoint.get().cuts().isEmpty()
          && checkpoint.get().isStartOf(file.content())) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  /** Whether a file was seen under this or another path, or is a copy of what the log is now. */
  boolean isKnown(OpenFile file, OpenFile now) throws IOException {
    long size = file.channel().size();
    boolean sure = size >= SURE_BYTES || file.modifiedMillis() == now.modifiedMillis();
    if (size == 0 || (!file.inflated() && sure && isCopy(file, now))) {
      return true;
    }
    String path = FileIdentity.path(now.path());
    for (Slot slot : checkpoints.startingLike(file.content())) {
      Optional<Checkpoint> checkpoint = checkpoints.read(slot);
      if (checkpoint.isPresent() && checkpoint.get().isStartOf(file.content())) {
        long reached = checkpoint.get().reached();
        if (reached >= SURE_BYTES || (slot.path().equals(path) && reached > 0)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isCopy(OpenFile file, OpenFile now) throws IOException {
    long size = file.channel().size();
    return now.content().bytes(size - 1, 1).length == 1
        && Fingerprint.of(file.content(), size).firstDifference(now.content()) < 0;
  }
}
