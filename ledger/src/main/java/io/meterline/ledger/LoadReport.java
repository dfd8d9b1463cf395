package io.meterline.ledger;

/**
 * What loading came to.
 *
 * @param objects loaded now
 * @param alreadyThere loaded before, with the same content
 * @param broken put into quarantine as a whole, now or before
 * @param failed could not be read this time; to be loaded again
 * @param records in the objects loaded now
 * @param stored rows that were new: one for each meter that a record feeds
 * @param duplicates rows that the ledger had
 * @param conflicts rows that are not counted: other content under an id, or a value that does not
 *     fit
 * @param quarantined records of the objects loaded now that were refused
 * @param undelivered entries of the place's quarantine that were found now: never records of it
 */
public record LoadReport(
    long objects,
    long alreadyThere,
    long broken,
    long failed,
    long records,
    long stored,
    long duplicates,
    long conflicts,
    long quarantined,
    long undelivered) {
  /** Whether every object could be read. */
  public boolean isComplete() {
    return failed == 0;
  }

  /** Whether something was put into quarantine. */
  public boolean keptAside() {
    return broken + conflicts + quarantined + undelivered > 0;
  }

  @Override
  public String toString() {
    return """
        objects=%d already-there=%d broken=%d failed=%d records=%d stored=%d duplicates=%d \
        conflicts=%d quarantined=%d undelivered=%d"""
        .formatted(
            objects,
            alreadyThere,
            broken,
            failed,
            records,
            stored,
            duplicates,
            conflicts,
            quarantined,
            undelivered);
  }
}
