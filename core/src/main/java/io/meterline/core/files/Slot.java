package io.meterline.core.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a checkpoint is kept.
 *
 * @param path the identity of a file's path
 * @param generation how many files were at the path before this one
 */
record Slot(String path, int generation) {
  /** The one of the first file at a path. */
  static Slot of(Path file) {
    return new Slot(FileIdentity.path(file), 0);
  }

  static Slot of(FileIdentity identity) {
    return new Slot(identity.path(), identity.generation());
  }

  /** The start of the file names of a path's checkpoints. */
  static String start(String path) {
    return FileIdentity.hash(path.getBytes(StandardCharsets.UTF_8)) + "-";
  }

  String fileName() {
    return start(path) + generation + Checkpoints.SUFFIX;
  }
}
