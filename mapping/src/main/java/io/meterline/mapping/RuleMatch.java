package io.meterline.mapping;

/** Whether a rule takes an event. */
sealed interface RuleMatch {
  RuleMatch YES = new Yes();

  /** It takes it. */
  record Yes() implements RuleMatch {}

  /** It is not meant. */
  record No(String why) implements RuleMatch {}

  /** It may be meant, and that can't be told. */
  record Unknown(String why) implements RuleMatch {}
}
