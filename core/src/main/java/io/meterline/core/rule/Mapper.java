package io.meterline.core.rule;

import io.meterline.core.record.LogEvent;

/** Applies rules to one log event after the other. Not for several threads. */
@FunctionalInterface
public interface Mapper {
  /**
   * Hands to {@code out} what the rules make of the event. What can't be made is handed there as
   * well: nothing is thrown for an event that does not fit.
   */
  void map(LogEvent event, RuleOutput out);
}
