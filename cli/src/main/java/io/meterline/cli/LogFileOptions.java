package io.meterline.cli;

import io.meterline.core.files.FileOptions;
import io.meterline.core.files.Settings;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How {@code run} treats log files. */
final class LogFileOptions {
  @Option(
      names = "--follow",
      description =
          "Go on reading the files as they grow and are rotated, and new ones that match, until "
              + "stopped by Ctrl-C or SIGTERM.")
  private boolean follow;

  @Option(
      names = "--accept-changed",
      description =
          "Take a file that was changed in place as it is now: continue after the last line that "
              + "was delivered. Without it, such a file is an error.")
  private boolean acceptChanged;

  @Option(
      names = "--allow-copies",
      description =
          "Deliver a copy of a file that was delivered in an earlier run as a file of its own. "
              + "Its records without a uniqueId count again. Without it, a copy is an error.")
  private boolean allowCopies;

  boolean follow() {
    return follow;
  }

  FileOptions options(Settings settings, Consumer<String> notices) {
    return new FileOptions(acceptChanged, allowCopies, follow, settings, notices);
  }
}
