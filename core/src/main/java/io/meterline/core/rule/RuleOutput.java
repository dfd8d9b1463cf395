package io.meterline.core.rule;

import java.util.function.Consumer;

/**
 * Where a mapper puts what it makes of a log event. What one rule makes counts as a whole, once the
 * rule ends: it is bounded, and a rule that goes beyond its bounds leaves one entry and no record.
 */
public interface RuleOutput {
  /**
   * Takes a record as JSON text. It is checked against the same rules as one after a marker, and
   * completed as one.
   *
   * @return whether the rule may make more of this event
   */
  boolean record(RulePlace place, byte[] json, int from, int to);

  /**
   * Takes the word of a rule that took the event and could make no record of it, and why.
   *
   * @return whether the rule may make more of this event
   */
  boolean unmapped(RulePlace place, String why);

  /** Takes back all that the rule made of the event: one entry says why. */
  void abandon(RulePlace place, String why);

  /** Ends what one rule makes of the event, if it made anything. */
  void endRule();

  /** The same place, where {@code maker} hears of each rule before what it makes is put there. */
  default RuleOutput telling(Consumer<? super RulePlace> maker) {
    RuleOutput there = this;
    return new RuleOutput() {
      @Override
      public boolean record(RulePlace place, byte[] json, int from, int to) {
        maker.accept(place);
        return there.record(place, json, from, to);
      }

      @Override
      public boolean unmapped(RulePlace place, String why) {
        maker.accept(place);
        return there.unmapped(place, why);
      }

      @Override
      public void abandon(RulePlace place, String why) {
        maker.accept(place);
        there.abandon(place, why);
      }

      @Override
      public void endRule() {
        there.endRule();
      }
    };
  }
}
