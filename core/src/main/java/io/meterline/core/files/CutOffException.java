package io.meterline.core.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A log was cut off while it was read; nothing of what was read since its last cut is used. */
final class CutOffException extends FileSystemException {
  private static final long serialVersionUID = 1;

  CutOffException(Path file) {
    super(FileNames.printable(file), null, "was cut off while it was read; run again");
  }
}
