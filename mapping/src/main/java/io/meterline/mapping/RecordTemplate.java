package io.meterline.mapping;

import io.meterline.core.rule.RulePlace;
import io.meterline.mapping.Expressions.NamedExpression;
import io.meterline.mapping.expression.ExpectedType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that a rule makes.
 *
 * @param words what is before a field's name where the rule makes several records
 * @param forEach the list for whose elements it is made, null where it is made once
 * @param when the condition on which it is made, null where there is none
 */
record RecordTemplate(
    RulePlace place,
    String words,
    @Nullable NamedExpression forEach,
    @Nullable NamedExpression when,
    List<Member> members) {
  RecordTemplate {
    members = List.copyOf(members);
  }

  /** A member of the record. */
  sealed interface Member {
    String name();

    /** With one value. */
    record Single(String name, NamedExpression expression) implements Member {}

    /** An object with an expression for each of its members. */
    record Several(String name, List<Single> members) implements Member {
      public Several {
        members = List.copyOf(members);
      }
    }

    /** An object that one expression gives. */
    record Whole(String name, NamedExpression expression, ExpectedType need) implements Member {}
  }
}
