package io.meterline.cli;

import java.io.IOException;

/** An output that can't be written: nothing that is still to be read would be of any use. */
final class CannotWrite extends IOException {
  private static final long serialVersionUID = 1;

  CannotWrite(String what, IOException cause) {
    super(what + " can't be written: " + Complaints.reasonAlone(cause), cause);
  }

  /** Whether the reader of the output went away: that is its right, and no word is due. */
  boolean isReaderGone() {
    return getCause() instanceof IOException cause && "Broken pipe".equals(cause.getMessage());
  }
}
