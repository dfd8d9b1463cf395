package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/**
 * How files are read.
 *
 * @param acceptChanged whether a file that was changed in place is taken as it is now
 * @param allowCopies whether a copy of a file that was delivered is delivered too
 * @param awaitsLines whether a last line that does not end is left for later
 * @param settings are compared with those of the last run
 * @param notices receives a line for what a person should know
 */
public record FileOptions(
    boolean acceptChanged,
    boolean allowCopies,
    boolean awaitsLines,
    Settings settings,
    Consumer<String> notices) {
  public FileOptions {
    requireNonNull(settings, "settings is null");
    requireNonNull(notices, "notices is null");
  }

  /** Refuses what is doubtful, and reads each file to its end. */
  public static FileOptions strict(Consumer<String> notices) {
    return new FileOptions(false, false, false, Settings.NONE, notices);
  }
}
