package io.meterline.ledger.store;

/** What has become of an object's records so far. */
public final class Tally {
  private long records;
  private long rows;
  private long duplicates;
  private long conflicts;
  private long quarantined;

  /** Records read, refused ones with them. */
  public long records() {
    return records;
  }

  /** Rows of the ledger that were new: one a meter, so that a record may make several or none. */
  public long stored() {
    return rows - duplicates - conflicts;
  }

  public long duplicates() {
    return duplicates;
  }

  public long conflicts() {
    return conflicts;
  }

  public long quarantined() {
    return quarantined;
  }

  void countRecord() {
    records++;
  }

  void countRows(long more) {
    rows += more;
  }

  /** A value that no row can hold. */
  void countUnfit() {
    rows++;
    conflicts++;
  }

  void countDuplicates(long more) {
    duplicates += more;
  }

  void countConflict() {
    conflicts++;
  }

  void countQuarantined() {
    quarantined++;
  }
}
