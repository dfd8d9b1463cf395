package io.meterline.core.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a checkpoint is kept.
 *
 * @param path the identity of a file's path
 * @param generation which of the files that were rotated away; {@link #NEWEST} for the one there
 */
record Slot(String path, int generation) {
  static final int NEWEST = -1;

  /** That of the file that the path stands for now. */
  static Slot of(Path file) {
    return new Slot(FileIdentity.path(file), NEWEST);
  }

  /** That of a file that the path stood for earlier. */
  Slot former(int which) {
    return new Slot(path, which);
  }

  Slot newest() {
    return new Slot(path, NEWEST);
  }

  boolean isNewest() {
    return generation == NEWEST;
  }

  String fileName() {
    String name = FileIdentity.hash(path.getBytes(StandardCharsets.UTF_8));
    return (isNewest() ? name : name + "-" + generation) + Checkpoints.SUFFIX;
  }
}
