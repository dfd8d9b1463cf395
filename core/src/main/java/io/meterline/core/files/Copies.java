package io.meterline.core.files;

import io.meterline.core.input.InputFormat;
import io.meterline.core.input.Sources;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether a file was delivered already, under another name. */
final class Copies {
  /** What is shorter may be alike by chance. */
  private static final int SURE_BYTES = 1024;

  private final Sources sources;
  private final InputFormat form;
  private final Checkpoints checkpoints;
  private final FileOptions options;

  Copies(Sources sources, InputFormat form, Checkpoints checkpoints, FileOptions options) {
    this.sources = sources;
    this.form = form;
    this.checkpoints = checkpoints;
    this.options = options;
  }

  /**
   * Where the checkpoint of the file is kept, if it was delivered under another name that does not
   * stand for it any more, or is linked to it.
   *
   * @throws IOException where it is a copy of another file, which is still there
   */
  Optional<Slot> original(OpenFile file) throws IOException {
    String own = FileIdentity.path(file.path());
    Optional<Slot> copied = Optional.empty();
    for (Slot slot : checkpoints.startingLike(file.content(), own)) {
      Optional<Checkpoint> checkpoint = checkpoints.read(slot);
      if (slot.path().equals(own)
          || checkpoint.isEmpty()
          || checkpoint.get().reached() == 0
          || !checkpoint.get().trace().yielded()
          || !checkpoint.get().isStartOf(file.content())) {
        continue;
      }
      if (isMoved(file, checkpoint.get())) {
        return Optional.of(slot);
      }
      copied = Optional.of(slot);
    }
    if (copied.isPresent() && !options.allowCopies()) {
      doubt(file, copied.get(), checkpoints.read(copied.get()).orElseThrow());
    }
    return Optional.empty();
  }

  private boolean isMoved(OpenFile file, Checkpoint checkpoint) throws IOException {
    Path original = FileNames.path(checkpoint.identity().path());
    boolean exists = Files.exists(original);
    if (exists && Files.exists(file.path()) && Files.isSameFile(original, file.path())) {
      return true;
    }
    boolean sure =
        checkpoint.reached() >= SURE_BYTES
            || new RotatedNames(original).matches(file.path().getFileName().toString());
    return sure && !(exists && holds(original, checkpoint));
  }

  private boolean holds(Path original, Checkpoint checkpoint) throws IOException {
    try (OpenFile file = OpenFile.of(original, sources, form)) {
      return checkpoint.isStartOf(file.content());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void doubt(OpenFile file, Slot slot, Checkpoint known) throws IOException {
    String name = FileNames.printable(file.path());
    String original = FileNames.printable(FileNames.path(known.identity().path()));
    boolean compressed = file.inflated() != !known.trace().inside().isNone();
    if (checkpoints.isBegun(slot) || (known.reached() < SURE_BYTES && !compressed)) {
      options
          .notices()
          .accept(
              "%s: starts with all that was delivered from %s; delivered too, as another file"
                  .formatted(name, original));
      return;
    }
    throw new FileSystemException(
        name,
        null,
        "a copy of "
            + original
            + ", which was delivered: not delivered again. Leave it out of --from, or count it"
            + " as another file with --allow-copies");
  }
}
