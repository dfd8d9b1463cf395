package io.meterline.cli;

import io.meterline.cli.MappingTrial.Event;
import io.meterline.cli.MappingTrial.Made;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a trial of rules came to. */
final class TrialCounts {
  private final Map<String, Integer> taken = new LinkedHashMap<>();
  private int events;
  private int untaken;
  private int contested;
  private int records;
  private int failures;

  TrialCounts(List<String> rules) {
    rules.forEach(rule -> taken.put(rule, 0));
  }

  /** Counts one event more; returns its number. */
  int add(Event event) {
    events++;
    List<String> takers = event.takers();
    takers.forEach(rule -> taken.merge(rule, 1, Integer::sum));
    untaken += takers.isEmpty() ? 1 : 0;
    contested += takers.size() > 1 ? 1 : 0;
    for (Made made : event.made()) {
      if (made.refused() == null) {
        records++;
      } else {
        failures++;
      }
    }
    return events;
  }

  /** How many events each rule took. */
  Map<String, Integer> taken() {
    return taken;
  }

  List<String> idle() {
    return taken.entrySet().stream()
        .filter(rule -> rule.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  int events() {
    return events;
  }

  int untaken() {
    return untaken;
  }

  int contested() {
    return contested;
  }

  int records() {
    return records;
  }

  int failures() {
    return failures;
  }

  @Override
  public String toString() {
    return "events=%d records=%d failures=%d untaken=%d contested=%d"
        .formatted(events, records, failures, untaken, contested);
  }
}
