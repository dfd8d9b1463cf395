package io.meterline.core.files;

import static java.util.Objects.requireNonNull;

/**
 * With which settings a file was read and delivered, as far as that matters to a later run.
 *
 * @param reading tells what was looked for from anything else: where nothing was found with other
 *     settings, a file is read again
 * @param writing what the names of objects depend on besides their records, as a person writes it;
 *     batches that were interrupted have to be finished with the same
 */
public record Settings(String reading, String writing) {
  /** Always the same. */
  public static final Settings NONE = new Settings("", "");

  public Settings {
    requireNonNull(reading, "reading is null");
    requireNonNull(writing, "writing is null");
  }
}
