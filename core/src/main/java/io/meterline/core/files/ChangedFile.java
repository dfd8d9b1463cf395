package io.meterline.core.files;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** A file in which bytes that were delivered are others now. */
final class ChangedFile {
  private static final int SEARCHED_BYTES = 64 * 1024;

  private ChangedFile() {}

  /**
   * Where to go on in it, if it is to be taken as it is.
   *
   * @throws IOException where it is not
   */
  static Checkpoint accepted(OpenFile file, Checkpoint last, FileOptions options)
      throws IOException {
    String name = FileNames.printable(file.path());
    if (!options.acceptChanged()) {
      throw new FileSystemException(name, null, refusal(file, last));
    }
    Fingerprint fingerprint = last.trace().fingerprint();
    boolean known = fingerprint.extent() == last.delivered();
    long lastLine = known ? fingerprint.endOfLastLine(file.content()) : -1;
    long from = lastLine < 0 ? endOfLines(file.content()) : lastLine;
    String why = lastLine < 0 ? "where its last line ends" : "after the last delivered line";
    options
        .notices()
        .accept(
            "%s: changed, and accepted as it is: delivery continues at byte %d, %s"
                .formatted(name, from, why));
    FileIdentity identity =
        FileIdentity.of(file.path(), file.channel(), last.identity().generation());
    return new Checkpoint(identity, 0).deliveredTo(from).with(Trace.NEW.yielding());
  }

  private static String refusal(OpenFile file, Checkpoint last) throws IOException {
    long at = last.trace().fingerprint().firstDifference(file.content());
    return "changed in place after it was delivered"
        + (at < 0 ? "" : ", first near byte " + at)
        + ": to deliver it again would count its records twice. Restore it, and put corrected"
        + " lines into a new file or redrive them from quarantine; or continue after the last"
        + " delivered line with --accept-changed";
  }

  private static long endOfLines(Content content) throws IOException {
    long end = 0;
    long at = 0;
    byte[] bytes = content.bytes(0, SEARCHED_BYTES);
    while (bytes.length > 0) {
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          end = at + i + 1;
        }
      }
      at += bytes.length;
      bytes = content.bytes(at, SEARCHED_BYTES);
    }
    return end;
  }
}
