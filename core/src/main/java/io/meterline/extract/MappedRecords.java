package io.meterline.extract;

/** Where a mapper puts what it makes of a log event. */
public interface MappedRecords {
  /**
   * Takes a record as JSON text. It is held to the same rules as one behind a marker, and completed
   * as one.
   */
  void record(RulePlace place, byte[] json, int from, int to);

  /** Takes the word of a rule that took the event and could make no record of it, and why. */
  void unmapped(RulePlace place, String why);
}
