package io.meterline.mapping;

import io.meterline.core.rule.RulePlace;
import io.meterline.mapping.Expressions.NamedExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule: which events it takes, and which records it makes of one.
 *
 * @param when the condition, null where there is none
 */
record Rule(RuleHead head, @Nullable NamedExpression when, List<RecordTemplate> records) {
  Rule {
    records = List.copyOf(records);
  }

  /** What an entry of quarantine is about where none of its records is meant. */
  RulePlace place() {
    return records.getFirst().place();
  }

  String name() {
    return head.name();
  }

  int index() {
    return head.index();
  }
}
