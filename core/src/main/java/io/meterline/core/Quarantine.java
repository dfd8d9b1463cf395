package io.meterline.core;

import java.io.IOException;
import java.util.List;

/** Where that is kept which can't be delivered, by several threads at once if need be. */
@FunctionalInterface
public interface Quarantine {
  /**
   * From here on, parts are of records that the receiver refused; those below are of what could not
   * be taken out of the source.
   */
  int REFUSED_PART = 1_000_000;

  /**
   * Keeps all entries of part {@code part} of the batch. When it returns, they are safe; entries
   * that come again are kept once.
   *
   * @throws IOException where some may be missing: they are to be handed over again
   */
  Delivery keep(BatchId id, int part, List<Quarantined> entries) throws IOException;
}
