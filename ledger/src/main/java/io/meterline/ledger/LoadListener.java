package io.meterline.ledger;

import io.meterline.ledger.place.PlacedObject;

/** Receives the progress of a load. */
public interface LoadListener {
  /** Hears nothing. */
  LoadListener NONE = new LoadListener() {};

  /** An object was passed: loaded, or known before. */
  default void passed(String key, long bytes) {}

  /** An object was put into quarantine, or could not be read. */
  default void complaint(String key, String why) {}

  /** An object, or a folder, could not be read this time. */
  default void unreadable(PlacedObject object, String why) {
    complaint(object.key(), why);
  }
}
