package io.meterline.cli.demo;

import io.meterline.demo.MeteringRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was sent held against what the folders hold.
 *
 * @param rows one for each way
 * @param rules one for each rule
 * @param missing what is nowhere, by way or rule and id
 * @param wrong what is not as it was sent, one line each
 */
record Reconciliation(List<Row> rows, List<Row> rules, List<String> missing, List<String> wrong) {
  Reconciliation {
    rows = List.copyOf(rows);
    rules = List.copyOf(rules);
    missing = List.copyOf(missing);
    wrong = List.copyOf(wrong);
  }

  static Reconciliation of(
      ExpectedRecords books, ExpectedRuleRecords rules, ObservedRecords findings) {
    return new Count(findings).of(books, rules);
  }

  boolean isRight() {
    return missing.isEmpty() && wrong.isEmpty();
  }

  /** All ways and rules together, without times. */
  long arrived() {
    return Stream.of(rows, rules)
        .flatMap(List::stream)
        .mapToLong(row -> row.delivered() + row.quarantined())
        .sum();
  }

  /** How many calls were answered with a record. */
  long sent() {
    return rows.stream().mapToLong(Row::sent).sum();
  }

  /**
   * The line of one way or rule.
   *
   * @param duplicates how often a record that was delivered is there once more
   * @param p50 from call to object
   */
  record Row(
      String name,
      long sent,
      long delivered,
      long quarantined,
      long duplicates,
      Duration p50,
      Duration p99) {}

  /** A balance in the making. */
  private static final class Count {
    private final ObservedRecords findings;
    private final List<String> missing = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    Count(ObservedRecords findings) {
      this.findings = findings;
    }

    Reconciliation of(ExpectedRecords books, ExpectedRuleRecords rules) {
      Map<String, Tally> ways = new HashMap<>();
      books.sent().forEach((key, sent) -> call(key, sent, books.isBroken(key.uniqueId()), ways));
      Map<String, Tally> made = new HashMap<>();
      rules.records().forEach((key, sent) -> made(key, sent, made));
      rules.entries().forEach((key, sent) -> kept(key, sent, made));
      for (EntryKey entry : findings.entries()) {
        if (!rules.entries().containsKey(entry)) {
          wrong.add("%s: %s, which is not so".formatted(entry.eventId(), entry.detail()));
        }
      }
      return new Reconciliation(
          rows(MeteringRoute.words(), ways), rows(rules.names(), made), missing, wrong);
    }

    private static List<Row> rows(List<String> names, Map<String, Tally> tallies) {
      return names.stream().map(name -> tallies.getOrDefault(name, new Tally()).row(name)).toList();
    }

    private void call(RecordKey key, Sent sent, boolean isBroken, Map<String, Tally> tallies) {
      Tally tally = tallies.computeIfAbsent(sent.by(), by -> new Tally());
      Found found = findings.delivered().get(key);
      boolean isQuarantined = findings.quarantined().contains(key.uniqueId());
      tally.sent++;
      if (found != null) {
        tally.found(sent, found);
      } else if (isQuarantined) {
        tally.quarantined++;
      } else {
        missing.add("%s %s".formatted(sent.by(), key.uniqueId()));
      }
      String mistake = mistake(sent, found, isQuarantined, isBroken);
      if (!mistake.isEmpty()) {
        wrong.add("%s %s %s".formatted(sent.by(), key.uniqueId(), mistake));
      }
    }

    private static String mistake(
        Sent sent, @Nullable Found found, boolean isQuarantined, boolean isBroken) {
      if (found != null && isQuarantined) {
        return "is delivered and in quarantine";
      }
      if (found != null && isBroken) {
        return "was delivered although its line was broken";
      }
      if (found != null && !found.is(sent)) {
        return "was delivered with other bytes than those sent";
      }
      return isQuarantined && !isBroken ? "is in quarantine although its line was good" : "";
    }

    private void made(RecordKey key, Sent sent, Map<String, Tally> tallies) {
      Tally tally = tallies.computeIfAbsent(sent.by(), by -> new Tally());
      Found found = findings.delivered().get(key);
      tally.sent++;
      if (found == null) {
        missing.add("rule %s %s".formatted(sent.by(), key.uniqueId()));
        return;
      }
      tally.found(sent, found);
      if (!found.is(sent)) {
        wrong.add(
            "rule %s %s was delivered with other bytes than the rule makes"
                .formatted(sent.by(), key.uniqueId()));
      }
    }

    private void kept(EntryKey key, Sent sent, Map<String, Tally> tallies) {
      Tally tally = tallies.computeIfAbsent(sent.by(), by -> new Tally());
      tally.sent++;
      if (findings.entries().contains(key)) {
        tally.quarantined++;
      } else {
        missing.add("%s: %s, which is not in quarantine".formatted(key.eventId(), key.detail()));
      }
    }
  }

  /** A row in the making. */
  private static final class Tally {
    private final List<Duration> times = new ArrayList<>();
    private long sent;
    private long quarantined;
    private long duplicates;

    private void found(Sent record, Found found) {
      duplicates += found.times() - 1;
      Duration time = Duration.between(record.called(), found.stored());
      // Files have a coarser clock.
      times.add(time.isNegative() ? Duration.ZERO : time);
    }

    private Row row(String name) {
      times.sort(null);
      return new Row(
          name, sent, times.size(), quarantined, duplicates, percentile(50), percentile(99));
    }

    private Duration percentile(int percent) {
      int rank = (times.size() * percent + 99) / 100;
      return times.isEmpty() ? Duration.ZERO : times.get(Math.max(rank, 1) - 1);
    }
  }
}
