package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file's metadata.
 *
 * @param key its device and inode, which a rename does not change; empty if the file system has
 *     none
 */
record Stat(String key, long size, long modifiedMillis) {
  /** Unknown. */
  static final Stat NONE = new Stat("", -1, 0);

  /** Marks a file that was found empty after its delivery: later content is new. */
  static final Stat CUT_OFF = new Stat("cut off", -1, 0);

  static Stat of(Path file) throws IOException {
    return of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  static Stat of(BasicFileAttributes attributes) {
    return new Stat(
        Objects.toString(attributes.fileKey(), ""),
        attributes.size(),
        attributes.lastModifiedTime().toMillis());
  }

  /** Whether both have the same inode. */
  boolean isSameFile(Stat other) {
    return !key.isEmpty() && key.equals(other.key);
  }
}
