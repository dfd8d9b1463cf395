package io.meterline.core.rule;

import static java.util.Objects.requireNonNull;

/**
 * Which record of which rule: what is in the derived id where records after markers have their
 * position. Positions of markers are digits alone, so the two are never the same.
 *
 * @param rule the rule's name, for a person
 * @param position {@code rule.record}, such as {@code r0.1} for the second record of the first
 *     rule, and {@code r0.1.7} for the eighth element of a list that it is made for: so a rule or
 *     record that is added after others changes no id of theirs
 */
public record RulePlace(String rule, String position) {
  public RulePlace {
    requireNonNull(rule, "rule is null");
    requireNonNull(position, "position is null");
  }

  /** Record {@code record} of rule {@code index}, both counted from 0. */
  public static RulePlace of(String rule, int index, int record) {
    return new RulePlace(rule, "r" + index + "." + record);
  }

  /** The same record, made for element {@code index} of a list. */
  public RulePlace element(int index) {
    return new RulePlace(rule, position + "." + index);
  }
}
