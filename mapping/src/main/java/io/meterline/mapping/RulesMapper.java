package io.meterline.mapping;

import io.meterline.core.record.LogEvent;
import io.meterline.core.rule.Mapper;
import io.meterline.core.rule.RuleOutput;
import io.meterline.core.rule.RulePlace;
import io.meterline.mapping.Expressions.NamedExpression;
import io.meterline.mapping.expression.Scope;
import io.meterline.mapping.value.EvaluationException;
import io.meterline.mapping.value.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies rules. Those of other log groups are left out once a group, and those whose words are not
 * in the message by one pass over it.
 */
final class RulesMapper implements Mapper {
  /** How many elements of a list make a record at most. */
  static final int MOST_ELEMENTS = 1_000;

  private static final int GROUPS_KEPT = 256;

  private final Rules rules;
  private final RuleView view;
  private final long[] found;
  private final RecordText text = new RecordText();
  private final Map<String, Rule[]> byGroup =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rule[]> eldest) {
          return size() > GROUPS_KEPT;
        }
      };
  private String lastGroup = "";
  private Rule[] ofLastGroup;
  private boolean lastNeedsWords;

  RulesMapper(Rules rules) {
    this.rules = rules;
    this.view = new RuleView(rules.rules());
    this.found = rules.search().newSet();
    this.ofLastGroup = rules.of(lastGroup);
    this.lastNeedsWords = needsWords(ofLastGroup);
  }

  @Override
  public void map(LogEvent event, RuleOutput out) {
    Rule[] ofGroup = of(event.origin().logGroup());
    if (ofGroup.length == 0) {
      return;
    }
    view.show(event);
    if (lastNeedsWords) {
      view.search(rules.search(), found);
    }
    for (Rule rule : ofGroup) {
      if (!rules.hasWords(rule, found)) {
        continue;
      }
      switch (view.take(rule)) {
        case RuleMatch.Yes yes -> apply(rule, out);
        case RuleMatch.No no -> {}
        case RuleMatch.Unknown unknown -> out.unmapped(rule.place(), unknown.why());
      }
      if (view.budget().isExhausted()) {
        // An operator may have gone on without the value that was too much work.
        out.abandon(rule.place(), view.budget().exhaustion());
      }
      out.endRule();
    }
  }

  private Rule[] of(String logGroup) {
    if (!logGroup.equals(lastGroup)) {
      lastGroup = logGroup;
      ofLastGroup = byGroup.computeIfAbsent(logGroup, rules::of);
      lastNeedsWords = needsWords(ofLastGroup);
    }
    return ofLastGroup;
  }

  private static boolean needsWords(Rule[] ofGroup) {
    for (Rule rule : ofGroup) {
      if (!rule.head().contains().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void apply(Rule rule, RuleOutput out) {
    for (RecordTemplate record : rule.records()) {
      NamedExpression forEach = record.forEach();
      boolean goesOn =
          forEach == null ? make(record, record.place(), out) : makeEach(record, forEach, out);
      view.scope().item(null);
      if (!goesOn || view.budget().isExhausted()) {
        return;
      }
    }
  }

  private boolean makeEach(RecordTemplate record, NamedExpression forEach, RuleOutput out) {
    Object value;
    try {
      value = forEach.expression().value(view.scope());
    } catch (EvaluationException e) {
      return out.unmapped(record.place(), record.words() + RecordText.named(forEach, e).why());
    }
    if (!(value instanceof List<?> elements) || elements.size() > MOST_ELEMENTS) {
      String why =
          value instanceof List<?> list
              ? "is a list of %d; the limit is %d".formatted(list.size(), MOST_ELEMENTS)
              : "is %s, where a list is needed".formatted(Kinds.of(value));
      return out.unmapped(
          record.place(),
          record.words() + RecordText.named(forEach, EvaluationException.of(why)).why());
    }
    int index = 0;
    for (Object element : elements) {
      view.scope().item(element);
      if (!make(record, record.place().element(index++), out) || view.budget().isExhausted()) {
        return false;
      }
    }
    return true;
  }

  /** Makes one record; false where the rule is to make no more of the event. */
  private boolean make(RecordTemplate record, RulePlace place, RuleOutput out) {
    Scope scope = view.scope();
    if (record.when() != null) {
      switch (view.condition(record.when())) {
        case RuleMatch.Yes yes -> {}
        case RuleMatch.No no -> {
          return true;
        }
        case RuleMatch.Unknown unknown -> {
          return out.unmapped(place, record.words() + unknown.why());
        }
      }
    }
    try {
      text.write(record, scope);
      view.budget().take(2L * text.length());
    } catch (EvaluationException e) {
      return out.unmapped(place, record.words() + e.why());
    }
    return out.record(place, text.bytes(), 0, text.length());
  }
}
