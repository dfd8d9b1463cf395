package io.meterline.cli;

/** What the program tells the shell; scripts rely on these numbers. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  /** All done, but some records are in quarantine and {@code --strict} was given. */
  static final int QUARANTINED = 3;

  /** Done, but not all that was to be compared could be, or something is missing. */
  static final int INCOMPLETE = 3;

  private ExitCode() {}
}
