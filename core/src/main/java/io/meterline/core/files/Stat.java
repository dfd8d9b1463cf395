package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * What the file system says of a file.
 *
 * @param key its device and inode, which stay as they are when it is renamed; empty where the file
 *     system has none
 */
record Stat(String key, long size, long modifiedMillis) {
  /** Of no file. */
  static final Stat NONE = new Stat("", -1, 0);

  /** Of a file that was seen empty after it was delivered: what has its content is another one. */
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

  /** Whether both are of the same file, as far as the file system tells. */
  boolean isSameFile(Stat other) {
    return !key.isEmpty() && key.equals(other.key);
  }
}
