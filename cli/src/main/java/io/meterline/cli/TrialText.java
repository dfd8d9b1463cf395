package io.meterline.cli;

import io.meterline.cli.MappingTrial.Event;
import io.meterline.cli.MappingTrial.Made;
import io.meterline.mapping.Explainer.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** Tells of a trial for a person: in colour on a terminal. */
final class TrialText implements TrialReport {
  private static final int SHOWN = 160;

  private final PrintWriter out;
  private final boolean colours;

  TrialText(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  @Override
  public void event(int number, Event event) {
    out.println("%d  %s".formatted(number, shown(event.message())));
    for (Made made : event.made()) {
      if (made.refused() == null) {
        out.println("   " + green(made.rule()) + "  " + shown(made.record(), Integer.MAX_VALUE));
      } else {
        out.println(
            "   "
                + red(made.rule() + "  " + made.refused().reason().word())
                + "  "
                + shown(made.refused().detail(), Integer.MAX_VALUE));
      }
    }
    if (event.takers().isEmpty()) {
      out.println("   " + yellow("no rule takes it"));
      for (Verdict verdict : event.verdicts()) {
        out.println("     " + verdict.rule() + ": " + shown(verdict.why()));
      }
    } else if (event.made().isEmpty()) {
      out.println(
          "   " + yellow(String.join(", ", event.takers()) + " takes it and makes nothing"));
    }
    if (event.takers().size() > 1) {
      out.println(
          "   " + yellow("warning: several rules take it: " + String.join(", ", event.takers())));
    }
  }

  @Override
  public void end(TrialCounts counts) {
    out.println();
    out.println(counts);
    List<String> idle = counts.idle();
    if (!idle.isEmpty()) {
      out.println(yellow("rules that took nothing: " + String.join(", ", idle)));
    }
  }

  /** A text as it can be in a terminal: on one line, without what would steer it. */
  private static String shown(String text) {
    return shown(text, SHOWN);
  }

  private static String shown(String text, int most) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "\ufffd");
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  private String green(String text) {
    return coloured("32", text);
  }

  private String red(String text) {
    return coloured("31", text);
  }

  private String yellow(String text) {
    return coloured("33", text);
  }

  private String coloured(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
