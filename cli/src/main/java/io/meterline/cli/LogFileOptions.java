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
          "Keep reading the files as they grow and are rotated, and new files that match, "
              + "until stopped by Ctrl-C or SIGTERM.")
  private boolean follow;

  @Option(
      names = "--accept-changed",
      description =
          "Accept a file that was changed in place, and continue after the last line that "
              + "was delivered. By default, such a file is an error.")
  private boolean acceptChanged;

  @Option(
      names = "--allow-copies",
      description =
          "Deliver a copy of a file that an earlier run delivered as a file of its own. "
              + "Its records without a uniqueId are counted again. By default, a copy is an "
              + "error.")
  private boolean allowCopies;

  boolean follow() {
    return follow;
  }

  FileOptions options(Settings settings, Consumer<String> notices) {
    return new FileOptions(acceptChanged, allowCopies, follow, settings, notices);
  }
}
