package io.meterline.core.files;

import io.meterline.core.files.RotatedNames.Dated;
import io.meterline.core.input.InputFormat;
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
 * Finds a log's current file and its rotated ones, and matches them with the checkpoints.
 *
 * <p>A renamed file keeps its inode and its content, and a copy has the same content. So a match
 * does not depend on how the log is rotated, nor on when the last run was killed. If a file is
 * renamed or truncated during the search, the search starts again.
 */
final class Rotation {
  private static final int MOST_LOOKS = 20;

  private final Sources sources;
  private final InputFormat form;
  private final Checkpoints checkpoints;
  private final Settings settings;

  Rotation(Sources sources, InputFormat form, Checkpoints checkpoints, Settings settings) {
    this.settings = settings;
    this.sources = sources;
    this.form = form;
    this.checkpoints = checkpoints;
  }

  /**
   * The files of a log.
   *
   * @param current the checkpoint of its current file, if that has one
   * @param before the checkpoint of the file that was its current one in the last run
   * @param former rotated files that have a checkpoint and may have undelivered content
   * @param overlooked rotated files without a checkpoint, the oldest first
   * @param there the checkpoints whose file exists; true if it has the name of a rotated file
   * @param sure whether every rotated file is complete and known
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
   * Compares all files of a log with its checkpoints.
   *
   * @param now the log's current file
   * @param named a rotated file that is to be delivered however old it is; null for none
   * @param held open files that were rotated; one may have been deleted or moved elsewhere
   * @throws IOException if files are renamed during every attempt
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
        // The log may have been truncated, or files renamed, in the meantime.
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
        FileNames.printable(now.path()), null, "is being rotated all the time; run again");
  }

  private static Map<Path, String> keys(List<Dated> files) {
    Map<Path, String> keys = new HashMap<>();
    files.forEach(file -> keys.put(file.path(), file.stat().key()));
    return keys;
  }

  /**
   * The log of a rotated file, by its name: one that exists or has checkpoints. Empty if the file
   * has checkpoints under its own path.
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

  /** The checkpoint that was written for this very file under this path. */
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
