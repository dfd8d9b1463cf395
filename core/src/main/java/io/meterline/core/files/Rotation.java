package io.meterline.core.files;

import io.meterline.core.files.RotatedNames.Dated;
import io.meterline.core.input.InputForm;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which files a log's path stands for and stood for, and which checkpoint is of which.
 *
 * <p>A file that is renamed keeps its inode, and all that was read of it stands in it. A copy has
 * the content alone. Both hold however the log is rotated and whenever the last run was killed.
 * While files are looked at, a rotation may go on: then all are looked at again.
 */
final class Rotation {
  private static final int MOST_LOOKS = 20;

  private final Sources sources;
  private final InputForm form;
  private final Checkpoints checkpoints;
  private final Settings settings;

  Rotation(Sources sources, InputForm form, Checkpoints checkpoints, Settings settings) {
    this.settings = settings;
    this.sources = sources;
    this.form = form;
    this.checkpoints = checkpoints;
  }

  /**
   * The files of a path.
   *
   * @param current the checkpoint of the one that it stands for now, if that has one
   * @param before the checkpoint of the one that it stood for last
   * @param former those that it stood for, with what may not have been delivered of them
   * @param overlooked those that it stood for and that have no checkpoint, the oldest first
   * @param there the checkpoints of which the file is there; true where its name is a rotated log's
   * @param sure whether all is known: nothing more is expected in those that were rotated away
   */
  record Survey(
      Optional<Slot> current,
      Optional<Slot> before,
      SortedMap<Slot, OpenFile> former,
      List<OpenFile> overlooked,
      Map<Slot, Boolean> there,
      boolean sure,
      PathFiles files)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      files.close();
    }
  }

  /**
   * Looks at all files of a path.
   *
   * @param now the one that it stands for
   * @param named is read also where it is older than all that was delivered; null for none
   * @param held files that were open when they were rotated away, for where one has no name any
   *     more
   * @throws IOException where they are renamed all the time
   */
  Survey survey(OpenFile now, @Nullable Path named, List<OpenFile> held) throws IOException {
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      List<Dated> names = RotatedNames.around(now.path());
      Optional<Slot> last = last(now);
      long size = now.channel().size();
      PathFiles files = new PathFiles(now, named, held, sources, form, checkpoints, settings);
      boolean kept = false;
      try {
        Optional<Survey> survey = files.survey(names);
        // The log may have been cut off, or files renamed, while they were looked at.
        if (survey.isPresent()
            && last.equals(last(now))
            && size <= now.channel().size()
            && keys(names).equals(keys(RotatedNames.around(now.path())))) {
          kept = true;
          return survey.get();
        }
      } finally {
        if (!kept) {
          files.close();
        }
      }
    }
    throw new FileSystemException(
        FileNames.printable(now.path()), null, "is rotated again and again; run again");
  }

  private static Map<Path, String> keys(List<Dated> files) {
    Map<Path, String> keys = new HashMap<>();
    files.forEach(file -> keys.put(file.path(), file.stat().key()));
    return keys;
  }

  /**
   * The log that a file was before it was rotated, by its name: one that is there, or was delivered
   * from. Empty also where the file has checkpoints of its own.
   */
  Optional<Path> logOf(Path file) {
    if (!checkpoints.slots(FileIdentity.path(file)).isEmpty()) {
      return Optional.empty();
    }
    return RotatedNames.logs(file).stream()
        .filter(log -> Files.isRegularFile(log) || isKnown(log))
        .findFirst();
  }

  private boolean isKnown(Path log) {
    return !checkpoints.slots(FileIdentity.path(log)).isEmpty();
  }

  /** The checkpoint of the file, if the path stood for it when that was written. */
  Optional<Slot> last(OpenFile now) throws IOException {
    String path = FileIdentity.path(now.path());
    for (Slot slot : checkpoints.startingLike(now.content(), path)) {
      if (slot.path().equals(path)) {
        Checkpoint checkpoint = checkpoints.read(slot).orElseThrow();
        if (checkpoint.trace().seen().isSameFile(now.stat())
            && checkpoint.reached() > 0
            && checkpoint.stillHolds(now)) {
          return Optional.of(slot);
        }
      }
    }
    return Optional.empty();
  }
}
