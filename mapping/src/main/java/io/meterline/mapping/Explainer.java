package io.meterline.mapping;

import io.meterline.core.record.LogEvent;
import java.util.ArrayList;
import java.util.List;

/** Tells of single log events which rules take them, and why others do not: for a person. */
public final class Explainer {
  private final Rules rules;
  private final RuleView view;
  private final long[] found;

  Explainer(Rules rules) {
    this.rules = rules;
    this.view = new RuleView(rules.rules());
    this.found = rules.search().newSet();
  }

  /** Of each rule whether it takes the event. */
  public List<Verdict> of(LogEvent event) {
    view.show(event);
    view.search(rules.search(), found);
    List<Verdict> verdicts = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      verdicts.add(of(rule, event.origin().logGroup()));
    }
    return verdicts;
  }

  private Verdict of(Rule rule, String logGroup) {
    if (!rule.head().isOfGroup(logGroup)) {
      return new Verdict(
          rule.name(), false, "it is not for the log group '%s'".formatted(logGroup));
    }
    if (!rules.hasWords(rule, found)) {
      return new Verdict(rule.name(), false, "the line does not contain " + missing(rule));
    }
    return switch (view.take(rule)) {
      case RuleMatch.Yes yes -> new Verdict(rule.name(), true, "");
      case RuleMatch.No no -> new Verdict(rule.name(), false, no.why());
      case RuleMatch.Unknown unknown -> new Verdict(rule.name(), true, unknown.why());
    };
  }

  private String missing(Rule rule) {
    return rule.head().contains().stream()
        .filter(word -> !rules.isFound(word, found))
        .map("'%s'"::formatted)
        .reduce((a, b) -> a + " and " + b)
        .orElse("its words");
  }

  /**
   * What a rule thinks of an event.
   *
   * @param takes whether it takes it, or fails on it
   * @param why it does not take it, or fails; empty where it takes it
   */
  public record Verdict(String rule, boolean takes, String why) {}
}
