package io.meterline.benchmarks.endtoend;

import io.meterline.benchmarks.endtoend.EndToEnd.Measured;
import io.meterline.benchmarks.endtoend.TimedAgent.Costs;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures as tables of Markdown, one column a shape. */
final class Report {
  private final List<Measured> measured;

  Report(List<Measured> measured) {
    this.measured = measured;
  }

  void print() {
    row("", Measured::words);
    row("---", one -> "---");
    row("log events", one -> whole(one.lines()));
    row("of them records", one -> whole(one.records()));
    row("invocations", one -> whole(one.costs().invocations()));
    row("bytes of each event", one -> whole(one.costs().eventBytes() / one.costs().invocations()));
    row("processor time of the handler's thread, before the put", one -> millis(own(one.costs())));
    row("of the handler's thread in the put", one -> millis(one.costs().put().own()));
    row("of the HTTP client's threads", one -> millis(clients(one.costs())));
    row("**log events a second a core**", one -> "**" + rate(one.lines(), threads(one)) + "**");
    row("**records a second a core**", one -> "**" + rate(one.records(), threads(one)) + "**");
    row("JIT and garbage collection meanwhile", one -> millis(runtime(one.costs())));
    row("log events a second a core, with those", one -> rate(one.lines(), process(one)));
    row("clock time in invocations", one -> millis(one.costs().handler().wall()));
    row("of that in the put", one -> millis(one.costs().put().wall()));
    row("log events a second by the clock", one -> rate(one.lines(), wall(one)));
    row("processor time around invocations, not the agent's", Report::around);
    System.out.println();
    row("processor time in invocations", Measured::words);
    row("---", one -> "---");
    for (Work work : Work.values()) {
      row(work.words(), one -> String.format(Locale.ROOT, "%.1f%%", one.profile().percent(work)));
    }
    row("samples", one -> whole(one.profile().total()));
    row("without a stack, in no row", one -> whole(one.profile().failed()));
    row("lost, in invocations or not", one -> whole(one.profile().lost()));
  }

  private static long wall(Measured one) {
    return one.costs().handler().wall();
  }

  private static long threads(Measured one) {
    return one.costs().handler().threads();
  }

  private static long process(Measured one) {
    return one.costs().handler().process();
  }

  private static long own(Costs costs) {
    return costs.handler().own() - costs.put().own();
  }

  private static long clients(Costs costs) {
    return costs.handler().threads() - costs.handler().own();
  }

  private static long runtime(Costs costs) {
    return Math.max(0, costs.handler().process() - costs.handler().threads());
  }

  private static String around(Measured one) {
    return millis(one.all().process() - process(one));
  }

  private static String rate(long number, long nanos) {
    return whole(Math.round(number / (nanos / 1e9)));
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%,.0f ms", nanos / 1e6);
  }

  private void row(String words, Function<Measured, String> cell) {
    System.out.println(
        measured.stream().map(cell).collect(Collectors.joining(" | ", "| " + words + " | ", " |")));
  }
}
