package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Where the delivery of a file resumes, given the settings of the last run and of this one. */
final class ResumePoint {
  private ResumePoint() {}

  /**
   * The checkpoint to resume from.
   *
   * @throws IOException if batches in flight were named with other settings
   */
  static Checkpoint of(
      OpenFile file, Slot slot, Checkpoint last, FileOptions options, Checkpoints checkpoints)
      throws IOException {
    Settings before = last.trace().settings();
    Settings now = options.settings();
    if (!last.cuts().isEmpty()
        && !before.writing().isEmpty()
        && !before.writing().equals(now.writing())) {
      throw new FileSystemException(
          FileNames.printable(file.path()),
          null,
          "a run with %s was interrupted. Run once more with that, so that its batches keep their names; then change it"
              .formatted(before.writing()));
    }
    if (last.isToBeReadAgain(now)) {
      return with(now, new Checkpoint(last.identity(), 0));
    }
    boolean changed = !before.reading().isEmpty() && !before.reading().equals(now.reading());
    if (changed && last.delivered() > 0) {
      options
          .notices()
          .accept(
              "%s: --marker, --mapping or --input changed; lines before byte %d are not read again. Those in quarantine are delivered by 'meterline redrive'"
                  .formatted(FileNames.printable(file.path()), last.delivered()));
      checkpoints.write(slot, with(now, last));
    }
    return with(now, last);
  }

  private static Checkpoint with(Settings settings, Checkpoint checkpoint) {
    return checkpoint.with(checkpoint.trace().with(settings));
  }
}
