package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

/**
 * The settings of a run that matter to the next one.
 *
 * @param reading a hash of what decides which records are found; a file without any is read again
 *     if this changes
 * @param writing the options that the names of objects depend on, as a user gives them; batches in
 *     flight have to be finished with the same
 */
public record Settings(String reading, String writing) {
  /** For runs whose settings never change. */
  public static final Settings NONE = new Settings("", "");

  public Settings {
    requireNonNull(reading, "reading is null");
    requireNonNull(writing, "writing is null");
  }
}
