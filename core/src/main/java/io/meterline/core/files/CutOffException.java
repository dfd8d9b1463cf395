package io.meterline.core.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A log was truncated while it was read. What was read since the last cut is discarded. */
final class CutOffException extends FileSystemException {
  private static final long serialVersionUID = 1;

  CutOffException(Path file) {
    super(FileNames.printable(file), null, "was truncated while it was read; run again");
  }
}
