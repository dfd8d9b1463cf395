package io.meterline.cli.demo;

import io.meterline.demo.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent held against what the folders hold.
 *
 * @param rows one for each way
 * @param missing ids that are nowhere
 * @param wrong what is not as it was sent, one line each
 */
record Balance(List<Row> rows, List<String> missing, List<String> wrong) {
  Balance {
    rows = List.copyOf(rows);
    missing = List.copyOf(missing);
    wrong = List.copyOf(wrong);
  }

  static Balance of(Books books, Findings findings) {
    Map<Way, Tally> tallies = new EnumMap<>(Way.class);
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    books
        .sent()
        .forEach(
            (id, sent) -> {
              Tally tally = tallies.computeIfAbsent(sent.way(), way -> new Tally());
              Found found = findings.delivered().get(id);
              boolean isQuarantined = findings.quarantined().contains(id);
              tally.sent++;
              if (found != null) {
                tally.found(sent, found);
              } else if (isQuarantined) {
                tally.quarantined++;
              } else {
                missing.add("%s %s".formatted(sent.way().word(), id));
              }
              String mistake = mistake(sent, found, isQuarantined, books.isBroken(id));
              if (!mistake.isEmpty()) {
                wrong.add("%s %s %s".formatted(sent.way().word(), id, mistake));
              }
            });
    List<Row> rows =
        Arrays.stream(Way.values())
            .map(way -> tallies.getOrDefault(way, new Tally()).row(way))
            .toList();
    return new Balance(rows, missing, wrong);
  }

  private static String mistake(
      Books.Sent sent, @Nullable Found found, boolean isQuarantined, boolean isBroken) {
    if (found != null && isQuarantined) {
      return "is delivered and in quarantine";
    }
    if (found != null && isBroken) {
      return "was delivered although its line was broken";
    }
    if (found != null && !(found.isSame() && found.digest().equals(sent.digest()))) {
      return "was delivered with other bytes than those sent";
    }
    return isQuarantined && !isBroken ? "is in quarantine although its line was good" : "";
  }

  boolean isRight() {
    return missing.isEmpty() && wrong.isEmpty();
  }

  /** All ways together, without times. */
  long arrived() {
    return rows.stream().mapToLong(row -> row.delivered() + row.quarantined()).sum();
  }

  long sent() {
    return rows.stream().mapToLong(Row::sent).sum();
  }

  long delivered() {
    return rows.stream().mapToLong(Row::delivered).sum();
  }

  /**
   * One way's line.
   *
   * @param duplicates how often a record that was delivered stands there once more
   * @param p50 from call to object
   */
  record Row(
      Way way,
      long sent,
      long delivered,
      long quarantined,
      long duplicates,
      Duration p50,
      Duration p99) {}

  /** A row in the making. */
  private static final class Tally {
    private final List<Duration> times = new ArrayList<>();
    private long sent;
    private long quarantined;
    private long duplicates;

    private void found(Books.Sent record, Found found) {
      duplicates += found.times() - 1;
      Duration time = Duration.between(record.called(), found.stored());
      // Files have a coarser clock.
      times.add(time.isNegative() ? Duration.ZERO : time);
    }

    private Row row(Way way) {
      times.sort(null);
      return new Row(
          way, sent, times.size(), quarantined, duplicates, percentile(50), percentile(99));
    }

    private Duration percentile(int percent) {
      int rank = (times.size() * percent + 99) / 100;
      return times.isEmpty() ? Duration.ZERO : times.get(Math.max(rank, 1) - 1);
    }
  }
}
