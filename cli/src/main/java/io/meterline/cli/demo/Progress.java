package io.meterline.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts by way: one line that changes on a terminal, a line now and then elsewhere. */
final class Progress {
  private static final Duration PLAIN_LINES = Duration.ofSeconds(3);
  private static final String OVERWRITE = "\r\033[2K";

  private final PrintWriter words;
  private final boolean isTerminal;
  private final InstantSource clock;
  private String shown = "";
  private Instant due;

  Progress(PrintWriter words, boolean isTerminal, InstantSource clock) {
    this.words = words;
    this.isTerminal = isTerminal;
    this.clock = clock;
    this.due = clock.instant().plus(PLAIN_LINES);
  }

  void show(Reconciliation balance) {
    if (balance.sent() == 0) {
      return;
    }
    String line =
        Stream.of(balance.rows(), balance.rules())
            .flatMap(List::stream)
            .map(
                row ->
                    "%s %d/%d"
                        .formatted(row.name(), row.delivered() + row.quarantined(), row.sent()))
            .collect(Collectors.joining("  "));
    if (line.equals(shown) || (!isTerminal && clock.instant().isBefore(due))) {
      return;
    }
    shown = line;
    due = clock.instant().plus(PLAIN_LINES);
    if (isTerminal) {
      words.print(OVERWRITE + line);
      words.flush();
    } else {
      words.println("arrived: " + line);
    }
  }

  /** Leaves the last line as it is: what follows is below it. */
  void end() {
    if (isTerminal && !shown.isEmpty()) {
      words.println();
    }
  }
}
