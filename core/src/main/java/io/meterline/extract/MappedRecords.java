package io.meterline.extract;

import java.util.function.Consumer;

/** Where a mapper puts what it makes of a log event. */
public interface MappedRecords {
  /**
   * Takes a record as JSON text. It is held to the same rules as one behind a marker, and completed
   * as one.
   */
  void record(RulePlace place, byte[] json, int from, int to);

  /** Takes the word of a rule that took the event and could make no record of it, and why. */
  void unmapped(RulePlace place, String why);

  /** The same place, where {@code maker} hears of each rule before what it makes is put there. */
  default MappedRecords telling(Consumer<? super RulePlace> maker) {
    MappedRecords there = this;
    return new MappedRecords() {
      @Override
      public void record(RulePlace place, byte[] json, int from, int to) {
        maker.accept(place);
        there.record(place, json, from, to);
      }

      @Override
      public void unmapped(RulePlace place, String why) {
        maker.accept(place);
        there.unmapped(place, why);
      }
    };
  }
}
