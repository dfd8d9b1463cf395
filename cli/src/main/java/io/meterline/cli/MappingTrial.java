package io.meterline.cli;

import io.meterline.core.Quarantined;
import io.meterline.core.RecordBuffer;
import io.meterline.core.find.Findings;
import io.meterline.core.record.LogEvent;
import io.meterline.core.rule.Mapper;
import io.meterline.core.rule.Mapping;
import io.meterline.core.rule.RulePlace;
import io.meterline.mapping.Explainer;
import io.meterline.mapping.Explainer.Verdict;
import io.meterline.mapping.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Applies rules as every command does, and tells of each event what became of it. */
final class MappingTrial implements Mapping {
  /** What a marker made is told under this name. */
  static final String MARKER = "(marker)";

  private final Rules rules;
  private final Consumer<Event> told;
  private final Findings findings = new Findings();
  private final List<Made> made = new ArrayList<>();
  private String maker = MARKER;

  MappingTrial(Rules rules, Consumer<Event> told) {
    this.rules = rules;
    this.told = told;
  }

  Findings findings() {
    return findings;
  }

  @Override
  public Mapper mapper() {
    Mapper mapper = rules.mapper();
    Explainer explainer = rules.explainer();
    return (event, out) -> {
      taken();
      mapper.map(event, out.telling(this::makes));
      taken();
      List<Verdict> verdicts = explainer.of(event);
      told.accept(new Event(text(event), verdicts, List.copyOf(made)));
      made.clear();
      maker = MARKER;
    };
  }

  private void makes(RulePlace place) {
    taken();
    maker = place.rule();
  }

  /** Takes what was found since the last look. */
  private void taken() {
    RecordBuffer records = findings.records();
    for (int i = 0; i < records.count(); i++) {
      String record =
          new String(
              records.bytes(),
              records.from(i),
              records.to(i) - records.from(i),
              StandardCharsets.UTF_8);
      made.add(new Made(maker, record, null));
    }
    findings.clearRecords();
    findings.takeEntries().forEach(entry -> made.add(new Made(maker, "", entry)));
  }

  private static String text(LogEvent event) {
    return new String(event.message(), StandardCharsets.UTF_8);
  }

  /** A log event, what each rule thought of it, and what came of it. */
  record Event(String message, List<Verdict> verdicts, List<Made> made) {
    List<String> takers() {
      return verdicts.stream().filter(Verdict::takes).map(Verdict::rule).toList();
    }
  }

  /** A record that was made, or the entry that went to quarantine in its place. */
  record Made(String rule, String record, @Nullable Quarantined refused) {}
}
